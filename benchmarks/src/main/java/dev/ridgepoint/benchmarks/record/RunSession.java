package dev.ridgepoint.benchmarks.record;

import dev.ridgepoint.benchmarks.gate.Expectations;
import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.jmh.ForkRunner;
import dev.ridgepoint.benchmarks.jmh.JmhForkRunner;
import dev.ridgepoint.benchmarks.jmh.JmhOptions;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.PlanFile;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.bundle.BundleWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** One attempt at a run, from its first fork or from where an earlier attempt was cut off, to its end. */
public final class RunSession implements AutoCloseable {
    private final Path folder;
    private final BenchmarkPlan plan;
    private final WorkFolder work;
    private final RunRecord record;
    /** Taken now: while a fork runs, what is printed goes to its log. */
    private final PrintStream err = System.err;

    /** What an interrupted user may do next, null where another session says it. */
    private final String goOn;

    private final Thread onKill = new Thread(this::endQuietly, "end of run");

    private RunSession(
            Path folder, BenchmarkPlan plan, WorkFolder work, BundleWriter bundle, Context context, String goOn)
            throws IOException {
        this.goOn = goOn;
        this.folder = folder;
        this.plan = plan;
        this.work = work;
        this.record = new RunRecord(plan, work, bundle, new CaseResults(context));
        Runtime.getRuntime().addShutdownHook(onKill);
        record.takeUp();
    }

    /**
     * Begins a run in a folder that is empty or not there yet.
     *
     * @throws IOException one line for the user: the folder is taken or cannot be written
     */
    public static RunSession begin(Path folder, BenchmarkPlan plan, RunDocument head, Context context)
            throws IOException {
        BundleWriter bundle = BundleWriter.create(folder, head, context);
        WorkFolder work = WorkFolder.in(folder);
        PlanFile.write(plan, work.plan());
        return new RunSession(folder, plan, work, bundle, context, "ridgepoint run --resume " + folder);
    }

    /**
     * Goes on with a run that was cut off.
     *
     * @param now the context of this machine, which must be that of the run
     * @throws IOException one line for the user: nothing to resume here, or another context
     */
    public static RunSession resume(Path folder, BenchmarkPlan plan, Context now) throws IOException {
        return resume(folder, plan, now, "ridgepoint run --resume " + folder);
    }

    /**
     * The same for one of two sides.
     *
     * @param goOn what an interrupted user may do next, null where the other side says it
     */
    public static RunSession resume(Path folder, BenchmarkPlan plan, Context now, String goOn) throws IOException {
        BundleWriter bundle = BundleWriter.resume(folder, now, Instant.now().toString());
        return new RunSession(folder, plan, WorkFolder.in(folder), bundle, now, goOn);
    }

    /** Runs what is left to run; false where the budget ended first. */
    public boolean run(JmhOptions options, Duration caseTimeout, Budget budget, RunListener listener) {
        return new RunLoop(plan, forks(options, caseTimeout, null), record, listener, budget).run();
    }

    /**
     * This run as one of two sides whose forks take turns.
     *
     * @param classPath where its forks find their classes, null for where ours are
     */
    public PairLoop.Side side(JmhOptions options, Duration caseTimeout, String classPath) {
        return new PairLoop.Side(plan, forks(options, caseTimeout, classPath), record);
    }

    /** Ends here although nothing was run: an earlier attempt had run all there is. */
    public void nothingLeft() {
        record.enough();
    }

    private ForkRunner forks(JmhOptions options, Duration caseTimeout, String classPath) {
        ForkRunner forks = new JmhForkRunner(
                plan.settings().target(),
                plan.protocol(),
                options,
                caseTimeout,
                (cell, fork) -> work.environment(plan.settings().target().backend(), cell, fork),
                classPath);
        Expectations expectations = new Expectations(work.expectations());
        return (cell, fork) -> prepareAndRun(expectations, forks, cell, fork);
    }

    /** What a case must give is computed just before its first fork: never while one is being timed. */
    private static ForkOutcome prepareAndRun(Expectations expectations, ForkRunner forks, Cell cell, int fork) {
        try {
            expectations.prepare(cell);
        } catch (IllegalArgumentException beyondUs) {
            return new ForkOutcome.Skipped(beyondUs.getMessage());
        } catch (IOException e) {
            return new ForkOutcome.Failed("what to expect could not be kept: " + e.getMessage());
        }
        return forks.run(cell, fork);
    }

    /** The folder of the run. */
    public Path folder() {
        return folder;
    }

    private void endQuietly() {
        try {
            record.end();
            if (goOn != null) {
                err.println("interrupted; nothing finished is lost: " + goOn);
            }
        } catch (IOException e) {
            err.println("ridgepoint: the end of the run could not be recorded: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        record.end();
        Runtime.getRuntime().removeShutdownHook(onKill);
    }
}
