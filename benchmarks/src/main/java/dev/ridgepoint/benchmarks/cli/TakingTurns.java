package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.analysis.report.HtmlReport;
import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import dev.ridgepoint.benchmarks.doctor.ContextOfRun;
import dev.ridgepoint.benchmarks.jmh.JmhOptions;
import dev.ridgepoint.benchmarks.jmh.MachineLock;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.CellPairs;
import dev.ridgepoint.benchmarks.plan.CellPairs.Pair;
import dev.ridgepoint.benchmarks.plan.PlanFile;
import dev.ridgepoint.benchmarks.record.PairLoop;
import dev.ridgepoint.benchmarks.record.RunSession;
import dev.ridgepoint.benchmarks.record.WorkFolder;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.ForkAim;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two sides whose forks take turns, from their preparation to their two bundles, {@code OUT/a} and {@code OUT/b}. */
final class TakingTurns {
    private static final String NO_PARTNER = "the other side has no case to hold this one against";

    private final TurnOptions options;
    private final PrintWriter err;
    private final Path folder;
    private final AbSide a;
    private final AbSide b;
    /** 0 for what {@code run} takes. */
    private int leastForks;

    private int mostForks;

    /** What became of it, beyond the bundles. */
    record Ended(boolean whole, ForkAim aim, int met, List<Missed> missed) {
        /** A case whose ratio is not known as narrowly as was asked. */
        record Missed(String id, double percent, int blocks) {}

        /** An earlier attempt ran everything, and its plan, with its aim, is gone. */
        private static final Ended EARLIER = new Ended(true, null, 0, List.of());

        /** A line, and one for each case that missed. */
        void print(PrintWriter out) {
            if (aim == null) {
                out.println("All forks were on record: nothing was left to run.");
                return;
            }
            out.printf(
                    Locale.ROOT,
                    "aim     ratio to ±%s %% in at most %d forks a side: %d of %d cases met it%s%n",
                    aim.percent(),
                    aim.mostForks(),
                    met,
                    met + missed.size(),
                    missed.isEmpty() ? "" : "; these missed it:");
            for (Missed one : missed) {
                String width = Double.isFinite(one.percent)
                        ? String.format(Locale.ROOT, "±%.2f %%", one.percent)
                        : "not known";
                out.println("          " + width + " after " + one.blocks + " forks a side  " + one.id);
            }
        }
    }

    TakingTurns(TurnOptions options, PrintWriter err, Path folder, AbSide a, AbSide b) {
        this.options = options;
        this.err = err;
        this.folder = folder;
        this.a = a;
        this.b = b;
    }

    /** Other numbers of forks a side than those of {@code run}; the most only where the user names none. */
    TakingTurns forks(int least, int most) {
        leastForks = least;
        mostForks = most;
        return this;
    }

    Path bundleOfA() {
        return folder.resolve("a");
    }

    Path bundleOfB() {
        return folder.resolve("b");
    }

    /**
     * Prepares both sides and runs their forks, or what an earlier attempt in this folder has left of that.
     *
     * @param goOn what a user who interrupts may do next
     * @param ofA what A measures
     * @param ofB what B measures
     * @param wanted which cases of A are meant, by id
     * @param why what is put on record of those that are not
     * @throws UserError where this machine or a build is another than that of an earlier attempt
     */
    Ended run(String goOn, RunArguments ofA, RunArguments ofB, Predicate<String> wanted, String why)
            throws IOException {
        boolean endedA = complete(bundleOfA());
        boolean endedB = complete(bundleOfB());
        if (endedA || endedB) {
            if (!endedA) {
                end(a, bundleOfA());
            }
            if (!endedB) {
                end(b, bundleOfB());
            }
            return reported(Ended.EARLIER);
        }
        takeUp("A", a, bundleOfA(), ofA);
        takeUp("B", b, bundleOfB(), ofB);
        return reported(take(wanted, why, goOn));
    }

    private static boolean complete(Path bundle) throws IOException {
        return Files.isRegularFile(bundle.resolve(Layout.RESULT))
                && BundleReader.open(bundle).run().complete();
    }

    private Ended reported(Ended ended) throws IOException {
        for (Path bundle : List.of(bundleOfA(), bundleOfB())) {
            HtmlReport.write(bundle, bundle.resolve("report.html"));
        }
        return ended;
    }

    /** The sides end one after the other, and a kill may come between: the forks of the second are all there then. */
    private void end(AbSide side, Path bundle) throws IOException {
        refuseOther(side, bundle);
        Set<String> ran = BundleReader.open(bundle).allCases().stream()
                .filter(result -> !(result.outcome() instanceof Outcome.Skipped))
                .map(CaseResult::id)
                .collect(Collectors.toSet());
        BenchmarkPlan plan = PlanFile.read(WorkFolder.in(bundle).plan()).only(ran, NO_PARTNER);
        try (RunSession session = resume(bundle, plan, null)) {
            session.nothingLeft();
        }
    }

    private void takeUp(String name, AbSide side, Path bundle, RunArguments words) throws IOException {
        if (WorkFolder.existsIn(bundle)) {
            refuseOther(side, bundle);
            return;
        }
        clear(bundle);
        prepare(name, side, bundle, words);
    }

    /** Removes what a kill left of a preparation, which runs no fork; a bundle that has forks is never touched. */
    @SuppressWarnings("try") // the machine's lock is held, not used
    private static void clear(Path bundle) throws IOException {
        if (!Files.exists(bundle)) {
            return;
        }
        // Whoever prepares holds it, and may have outlived the attempt that started it.
        try (MachineLock lock = Measurement.lockMachine();
                Stream<Path> tree = Files.walk(bundle)) {
            List<Path> entries = tree.sorted(Comparator.reverseOrder()).toList();
            if (entries.stream()
                    .anyMatch(entry -> entry.startsWith(bundle.resolve(Layout.RAW)) && Files.isRegularFile(entry))) {
                throw UserError.refused(bundle + ": the plan in .work is gone, so nobody knows what is left");
            }
            for (Path entry : entries) {
                Files.delete(entry);
            }
        }
    }

    /** Only what a side's own build could tell of its device is believed: it was asked at the beginning. */
    private static void refuseOther(AbSide side, Path bundle) throws IOException {
        Context then = BundleReader.open(bundle).context();
        Path jar = side.build() == null ? BuildInfo.location() : side.build();
        BuildInfo build = new BuildInfo(BuildInfo.digest(jar), Optional.empty(), Optional.empty());
        JsonNode recorded = Records.toJson(then);
        ContextOfRun.withoutDevice(build, then.device().kind().equals("cpu")).forEach((pointer, now) -> {
            String was = recorded.at(pointer).asText();
            if (!was.equals(now)) {
                throw UserError.refused(bundle + ": was begun with another " + pointer + " (" + was + ", now " + now
                        + "), so that its blocks would not be alike; start again");
            }
        });
    }

    @SuppressWarnings("try") // the machine's lock is held, not used
    private Ended take(Predicate<String> wanted, String why, String goOn) throws IOException {
        BenchmarkPlan planA = PlanFile.read(WorkFolder.in(bundleOfA()).plan());
        BenchmarkPlan planB = PlanFile.read(WorkFolder.in(bundleOfB()).plan());
        List<Pair> all = CellPairs.of(planA, planB);
        List<Pair> pairs =
                all.stream().filter(pair -> wanted.test(pair.a().id())).toList();
        if (pairs.isEmpty()) {
            throw UserError.refused(a.text() + " and " + b.text() + " have no case in common; see 'ridgepoint list'");
        }
        BenchmarkPlan meantOfA = meant(planA, all, pairs, pair -> pair.a().id(), why);
        BenchmarkPlan meantOfB = meant(planB, all, pairs, pair -> pair.b().id(), why);
        BadFindings.print(BundleReader.open(bundleOfB()).context(), err);
        Ended ended;
        try (MachineLock lock = Measurement.lockMachine();
                RunSession sessionA = resume(bundleOfA(), meantOfA, goOn);
                RunSession sessionB = resume(bundleOfB(), meantOfB, null)) {
            ended = turns(sessionA, meantOfA, sessionB, meantOfB, pairs);
        }
        return ended;
    }

    private void prepare(String name, AbSide side, Path bundle, RunArguments common) throws IOException {
        err.println("preparing " + name + " (" + side.text() + ") ...");
        err.flush();
        List<String> first = new ArrayList<>(List.of(
                "run",
                RunCommand.PREPARE,
                "--out",
                bundle.toString(),
                "--aim",
                options.aim().percent() + "%"));
        if (leastForks > 0) {
            first.addAll(List.of("--forks", Integer.toString(leastForks)));
        }
        int most = options.aim().mostForks().orElse(mostForks);
        if (most > 0) {
            first.addAll(List.of("--most-forks", Integer.toString(most)));
        }
        SideProcess.prepare(side, common.of(side, first));
    }

    /** The cases that are held against each other; the others are on record with why not. */
    private static BenchmarkPlan meant(
            BenchmarkPlan plan, List<Pair> all, List<Pair> pairs, Function<Pair, String> id, String why) {
        Set<String> matched = all.stream().map(id).collect(Collectors.toSet());
        Set<String> meant = pairs.stream().map(id).collect(Collectors.toSet());
        return plan.only(matched, NO_PARTNER).only(meant, why);
    }

    private static RunSession resume(Path bundle, BenchmarkPlan plan, String goOn) throws IOException {
        return RunSession.resume(bundle, plan, BundleReader.open(bundle).context(), goOn);
    }

    private Ended turns(
            RunSession sessionA, BenchmarkPlan planA, RunSession sessionB, BenchmarkPlan planB, List<Pair> pairs) {
        ForkAim aim = planA.protocol().aim();
        err.println(pairs.size() + (pairs.size() == 1 ? " case" : " cases") + ", A and B in turn, "
                + forks(planA.protocol().forks(), aim)
                + (options.budget().limited() ? " or the time budget is spent" : ""));
        err.flush();
        ProgressLine progress = new ProgressLine(err, RenewedLine.onTerminal());
        PairLoop loop =
                new PairLoop(side(sessionA, planA, a), side(sessionB, planB, b), pairs, progress, options.budget());
        boolean whole = loop.run();
        progress.done();
        List<Ended.Missed> missed = pairs.stream()
                .filter(pair -> !aim.metBy(loop.width(pair)))
                .map(pair -> new Ended.Missed(pair.a().id(), 100 * loop.width(pair), loop.blocks(pair)))
                .toList();
        return new Ended(whole, aim, pairs.size() - missed.size(), missed);
    }

    private static String forks(int least, ForkAim aim) {
        return least == aim.mostForks()
                ? least + " forks a side"
                : least + " to " + aim.mostForks() + " forks a side, until a ratio is known to ±" + aim.percent()
                        + " %";
    }

    private PairLoop.Side side(RunSession session, BenchmarkPlan plan, AbSide side) {
        return session.side(JmhOptions.parse(plan.settings().jmhOptions()), options.caseTimeout(), side.classPath());
    }
}
