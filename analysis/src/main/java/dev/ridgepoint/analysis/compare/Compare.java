package dev.ridgepoint.analysis.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Judges a candidate against a base, in the order of the contract: both are validated, cases are matched, comparability
 * and validity are settled, then forks are tested, cycles asked, and all tests corrected together before any verdict.
 */
public final class Compare {
    private final Sides sides;
    private final CompareOptions options;
    private final Map<JsonNode, Map<JsonNode, ContextDiff>> contexts = new IdentityHashMap<>();

    private Compare(Sides sides, CompareOptions options) {
        this.sides = sides;
        this.options = options;
    }

    /**
     * Judges two bundles, or plain files.
     *
     * @throws IOException in one line, where a side cannot be read or is not valid
     * @throws IllegalArgumentException where there is nothing to compare, or not in the way asked for
     */
    public static Comparison of(Path base, Path candidate, CompareOptions options) throws IOException {
        return new Compare(Sides.open(base, candidate), options).judge();
    }

    private Comparison judge() throws IOException {
        List<Entry> here = entries(sides.base());
        List<Entry> there = entries(sides.candidate());
        Matching matching = Matching.of(here, there);
        if (matching.pairs().isEmpty()) {
            throw new IllegalArgumentException(sides.base().path() + " and "
                    + sides.candidate().path() + " have no case in common (" + here.size() + " and " + there.size()
                    + " cases)");
        }
        if (options.paired()) {
            refuseUnlessPaired(matching.pairs());
        }
        List<OpenCase> open = open(matching.pairs());
        if (open.isEmpty()) {
            throw new IllegalArgumentException("no case was measured on either side");
        }
        boolean attributable = sides.base().run() != null;
        List<CaseVerdict> verdicts = close(open, attributable);
        boolean gateable = open.stream().allMatch(one -> one.comparability.gateable());
        List<String> lost = names(matching.baseOnly());
        return new Comparison(
                Comparison.SideFacts.of(sides.base(), here.size()),
                Comparison.SideFacts.of(sides.candidate(), there.size()),
                options,
                level(open),
                differences(open),
                verdicts,
                lost,
                names(matching.candidateOnly()),
                Gate.of(sides.base(), verdicts, lost.size(), gateable),
                null);
    }

    /**
     * The same where what is flagged or left open was measured again: {@code fresh/a} and {@code fresh/b} are forks of the
     * same two builds that took turns, and they alone decide those cases. Nothing else is read, so that a decision can be
     * derived again from four bundles. A case whose fresh forks are not whole has no verdict.
     *
     * @throws IllegalArgumentException where the fresh forks are not of these builds, beside what {@link #of} throws
     */
    public static Comparison confirmed(Path base, Path candidate, Path fresh, CompareOptions options)
            throws IOException {
        Compare first = new Compare(Sides.open(base, candidate), options);
        Compare second = new Compare(
                Sides.open(fresh.resolve("a"), fresh.resolve("b")),
                new CompareOptions(options.margin(), true, options.allowed(), options.margins()));
        first.refuseOtherBuilds(second);
        FreshForks forks = FreshForks.of(fresh, second.sides);
        return TwoStages.of(first.judge(), second.judge(forks), forks, first.sides.base(), second.sides);
    }

    /** What fresh forks decide, a verdict a case. */
    private List<CaseVerdict> judge(FreshForks fresh) throws IOException {
        List<Matching.Pair> pairs = Matching.of(entries(sides.base()), entries(sides.candidate())).pairs().stream()
                .filter(fresh::decide)
                .toList();
        if (fresh.complete()) {
            refuseUnlessPaired(pairs);
        }
        return close(open(pairs), true);
    }

    private void refuseOtherBuilds(Compare second) throws IOException {
        refuseOtherBuild(sides.base(), second.sides.base());
        refuseOtherBuild(sides.candidate(), second.sides.candidate());
    }

    private static void refuseOtherBuild(Side first, Side fresh) throws IOException {
        Set<JsonNode> builds = builds(first);
        if (fresh.run() == null || builds.isEmpty() || !builds.containsAll(builds(fresh))) {
            throw new IllegalArgumentException(fresh.path() + ": its forks are not of the build of " + first.path()
                    + ", so they confirm nothing about it");
        }
    }

    private static Set<JsonNode> builds(Side side) throws IOException {
        Set<JsonNode> builds = new LinkedHashSet<>();
        for (Entry entry : entries(side)) {
            JsonNode jar = entry.context().at("/build/jarSha256");
            if (jar.isTextual()) {
                builds.add(jar);
            }
        }
        return builds;
    }

    private static List<Entry> entries(Side side) throws IOException {
        List<Entry> entries = new ArrayList<>();
        side.entries(entries::add);
        return entries;
    }

    /** Cases that were not measured on their side are no loss. */
    private static List<String> names(List<Entry> entries) {
        return entries.stream()
                .filter(Entry::measured)
                .map(entry -> entry.params().isEmpty() || entry.asked() != null
                        ? entry.benchmark()
                        : entry.benchmark() + entry.params())
                .toList();
    }

    /** Forks of one number belong to one block only where the runs took turns. */
    private void refuseUnlessPaired(List<Matching.Pair> pairs) {
        RunDocument base = sides.base().run();
        RunDocument candidate = sides.candidate().run();
        if (base != null && !overlap(base, candidate)) {
            throw new IllegalArgumentException("--paired: the runs did not take turns, one ended before the other"
                    + " began, so their forks make no blocks; leave the option out");
        }
        for (Matching.Pair pair : pairs) {
            boolean both = pair.base().measured() && pair.candidate().measured();
            if (both && !Arrays.equals(pair.base().forks(), pair.candidate().forks())) {
                throw new IllegalArgumentException("--paired: " + pair.base().benchmark()
                        + " has not the same forks on both sides; leave the option out");
            }
        }
    }

    private static boolean overlap(RunDocument a, RunDocument b) {
        return a.ended() != null
                && b.ended() != null
                && Instant.parse(a.started()).isBefore(Instant.parse(b.ended()))
                && Instant.parse(b.started()).isBefore(Instant.parse(a.ended()));
    }

    /** A pair with what was read for it, so that judging it needs no file. */
    private record Read(Matching.Pair pair, ContextDiff context, double[] baseClocks, double[] candidateClocks) {}

    /** What neither side measured is no case to judge. The others are judged on all cores, each by itself. */
    private List<OpenCase> open(List<Matching.Pair> pairs) throws IOException {
        List<Read> read = new ArrayList<>(pairs.size());
        for (Matching.Pair pair : pairs) {
            Entry base = pair.base();
            Entry candidate = pair.candidate();
            boolean idle =
                    base.outcome().equals("skipped") && candidate.outcome().equals("skipped");
            if (!idle) {
                ContextDiff context = contexts.computeIfAbsent(base.context(), key -> new IdentityHashMap<>())
                        .computeIfAbsent(
                                candidate.context(), key -> ContextDiff.of(base.context(), candidate.context()));
                read.add(new Read(
                        pair,
                        context,
                        sides.base().clocks(base),
                        sides.candidate().clocks(candidate)));
            }
        }
        return read.parallelStream().map(this::judged).toList();
    }

    private OpenCase judged(Read read) {
        Entry base = read.pair.base();
        Entry candidate = read.pair.candidate();
        return OpenCase.of(
                base,
                candidate,
                Comparability.of(base, candidate, read.context, options.allowed()),
                options,
                read.baseClocks,
                read.candidateClocks);
    }

    private static List<CaseVerdict> close(List<OpenCase> open, boolean attributable) {
        List<OpenCase> tested = open.stream().filter(OpenCase::tested).toList();
        double[] q = FalseDiscovery.q(
                tested.stream().mapToDouble(one -> one.figures().p()).toArray());
        Spreads spreads =
                Spreads.of(tested.stream().map(one -> one.figures().spread()).toList());
        Double[] corrected = new Double[open.size()];
        int next = 0;
        for (int i = 0; i < corrected.length; i++) {
            corrected[i] = open.get(i).tested() ? q[next++] : null;
        }
        return IntStream.range(0, corrected.length)
                .parallel()
                .mapToObj(i -> open.get(i).close(corrected[i], spreads, attributable))
                .toList();
    }

    private static Comparability.Level level(List<OpenCase> open) {
        return open.stream()
                .map(one -> one.comparability.level())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static List<Difference> differences(List<OpenCase> open) {
        Set<Difference> differences = new LinkedHashSet<>();
        Set<ContextDiff> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (OpenCase one : open) {
            if (seen.add(one.comparability.context())) {
                differences.addAll(one.comparability.context().differences());
            }
            one.comparability.differences().stream()
                    .filter(difference -> difference.pointer().startsWith("/protocol"))
                    .forEach(differences::add);
        }
        return List.copyOf(differences);
    }
}
