package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.benchmarks.doctor.HostSample;
import dev.ridgepoint.benchmarks.doctor.OthersTime;
import dev.ridgepoint.benchmarks.doctor.Throttling;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a fork through JMH's own {@code Runner}, one at a time, so that forks of different cases can alternate. */
public final class JmhForkRunner implements ForkRunner {
    private static final Set<String> PASSED = Set.of(ForkVerdict.MEASURED, ForkVerdict.SIMULATED);
    private static final String CLASS_PATH = "java.class.path";
    private static final long SHUTDOWN_MILLIS = 2_000;

    private final Target target;
    private final Protocol protocol;
    private final JmhOptions userOptions;
    private final Duration caseTimeout;
    private final BiFunction<Cell, Integer, ForkEnvironment> environments;
    private final String classPath;

    /**
     * @param target what forks are to open
     * @param caseTimeout a fork that takes longer is killed
     * @param environments where a fork finds its case and leaves its files
     * @param classPath where forks find their classes, the jar of another build perhaps; null for where ours are
     */
    public JmhForkRunner(
            Target target,
            Protocol protocol,
            JmhOptions userOptions,
            Duration caseTimeout,
            BiFunction<Cell, Integer, ForkEnvironment> environments,
            String classPath) {
        this.target = target;
        this.protocol = protocol;
        this.userOptions = userOptions;
        this.caseTimeout = caseTimeout;
        this.environments = environments;
        this.classPath = classPath;
    }

    @Override
    public ForkOutcome run(Cell cell, int fork) {
        ForkEnvironment environment = environments.apply(cell, fork);
        ForkFiles files = environment.files();
        try {
            files.clear();
            OptionalLong before = Throttling.events();
            OthersTime others = OthersTime.watch();
            String failure = measure(cell, environment);
            HostSample host = HostSample.since(before);
            if (protocol.soak() != null) {
                // An hour asks what else ran; a run of seconds was asked by the doctor, and needs no file a fork for
                // it.
                host = host.beside(others.cores());
            }
            ForkVerdict verdict = settle(files, failure);
            // A device behind a driver tells of itself; for the host's processor only we can watch from outside.
            if (!target.cuda()) {
                host.write(files.host());
                verdict = verdict.withThrottled(host.throttled());
            }
            verdict.write(files.verdict());
            return files.outcome().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fork's own word, unless it died: a fork that passed and crashed on its way out has no time either. */
    private static ForkVerdict settle(ForkFiles files, String failure) throws IOException {
        ForkVerdict word = Files.exists(files.word()) ? ForkVerdict.read(files.word()) : null;
        Files.deleteIfExists(files.word());
        boolean passed = word != null && PASSED.contains(word.outcome());
        ForkVerdict verdict = word == null || (passed && failure != null)
                ? ForkVerdict.without(ForkVerdict.FAILED, failure == null ? "the fork left no word" : failure)
                : word;
        if (!verdict.outcome().equals(ForkVerdict.MEASURED)) {
            Files.deleteIfExists(files.iterations());
            Files.deleteIfExists(files.jmh());
        }
        return verdict;
    }

    /** Runs the fork; returns what went wrong, or null. */
    private String measure(Cell cell, ForkEnvironment environment) throws IOException {
        ForkFiles files = environment.files();
        try (ForkLog log = new ForkLog(files.log());
                Watchdog watchdog = new Watchdog(caseTimeout)) {
            OutputFormat output = OutputFormatFactory.createFormatInstance(
                    log.file(), userOptions.parsed().verbosity().orElse(VerboseMode.NORMAL));
            try {
                write(run(new Runner(options(cell, environment), output)), files);
                return null;
            } catch (RunnerException e) {
                if (watchdog.barked()) {
                    return "ended after " + caseTimeout.toSeconds() + " s, the limit of --case-timeout";
                }
                log.file().flush();
                return lastWords(LastWords.of(files.log(), log.printed(), e));
            }
        }
    }

    /** JMH hands a fork the class path of its parent, which it asks of this property. */
    private Collection<RunResult> run(Runner runner) throws RunnerException {
        String ours = System.getProperty(CLASS_PATH);
        try {
            System.setProperty(CLASS_PATH, classPath == null ? ours : classPath);
            return runner.run();
        } finally {
            System.setProperty(CLASS_PATH, ours);
        }
    }

    /** A fork that was told to stop has not failed if we were told too: then this thread ends here. */
    private static String lastWords(LastWords words) {
        if (words.interrupted()) {
            waitForOwnEnd();
        }
        return words.sentence();
    }

    /** The fork was told to stop; most likely so were we, and then this case has not failed. */
    private static void waitForOwnEnd() {
        try {
            Thread.sleep(SHUTDOWN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Collection<RunResult> results, ForkFiles files) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(files.jmh()), false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        }
    }

    private Options options(Cell cell, ForkEnvironment environment) {
        String benchmark = benchmarkClass(cell) + ".call";
        ChainedOptionsBuilder builder = new OptionsBuilder()
                .parent(userOptions.parsed())
                .include("^" + Pattern.quote(benchmark) + "$")
                .param("caseId", cell.id())
                .mode(target.simulated() ? Mode.SingleShotTime : Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupForks(0)
                .threads(1)
                .operationsPerInvocation(target.simulated() ? 1 : cell.domain().launches(cell.problem()))
                .warmupIterations(protocol.warmup().count())
                .warmupTime(TimeValue.milliseconds(protocol.warmup().millis()))
                .measurementIterations(protocol.measurement().count())
                .measurementTime(TimeValue.milliseconds(protocol.measurement().millis()))
                .shouldFailOnError(true)
                .addProfiler(IterationRecorder.class)
                .jvmArgs(jvmArgs(environment).toArray(String[]::new));
        return builder.build();
    }

    /** What is only played is called once and counted, in whatever domain a real device would be timed. */
    private String benchmarkClass(Cell cell) {
        return target.simulated()
                ? SimulatedCall.class.getName()
                : cell.domain().benchmarkClass(cell.problem().op());
    }

    /** Set in full, so that flags of the parent do not leak into what is measured. */
    private List<String> jvmArgs(ForkEnvironment environment) {
        List<String> flags = new ArrayList<>(ForkJvm.flags());
        flags.addAll(userOptions.parsed().getJvmArgs().orElse(List.of()));
        flags.addAll(target.jvmFlags());
        flags.addAll(environment.jvmFlags());
        flags.add("-Dridgepoint.cpu.threads=" + protocol.threads());
        return flags;
    }
}
