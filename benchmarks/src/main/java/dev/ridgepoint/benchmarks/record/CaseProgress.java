package dev.ridgepoint.benchmarks.record;

import dev.ridgepoint.benchmarks.gate.Tally;
import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Timing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forks of one case so far. */
final class CaseProgress {
    private final Map<Integer, ForkOutcome.Measured> measured = new TreeMap<>();
    private final Map<Integer, ForkOutcome.Simulated> simulated = new TreeMap<>();
    private ForkOutcome settled;
    private Timing timing;

    void add(int fork, ForkOutcome outcome) {
        if (outcome instanceof ForkOutcome.Measured passed) {
            measured.put(fork, passed);
        } else if (outcome instanceof ForkOutcome.Simulated counted) {
            simulated.put(fork, counted);
        } else {
            settled = outcome;
        }
    }

    /** Whether another fork is wanted. */
    boolean needs(int fork) {
        return settled == null && !measured.containsKey(fork) && !simulated.containsKey(fork);
    }

    /** Forks still to run of so many. */
    int remaining(int forks) {
        return settled == null ? Math.max(0, forks - measured.size() - simulated.size()) : 0;
    }

    /** Keeps what the forks so far say together; null where they were not timed. */
    void stands(Timing together) {
        timing = together;
    }

    /** What the forks so far say together, or null. */
    Timing timing() {
        return settled == null ? timing : null;
    }

    /** What ended the case early, or null. */
    ForkOutcome settled() {
        return settled;
    }

    /** Forks that were timed. */
    int forks() {
        return measured.size();
    }

    /** Forks that were counted in place of being timed. */
    Collection<ForkOutcome.Simulated> simulated() {
        return simulated.values();
    }

    /** Every iteration of every fork, fork by fork. */
    List<IterationLine> iterations() {
        List<IterationLine> lines = new ArrayList<>();
        measured.values().forEach(fork -> lines.addAll(fork.iterations()));
        return lines;
    }

    /** The worst over all forks. */
    Correctness correctness() {
        return measured.values().stream()
                .map(ForkOutcome.Measured::correctness)
                .reduce(Tally::worst)
                .orElseThrow();
    }

    /** Yes where any fork was throttled, no where none was, unknown where nobody could tell of one. */
    String throttled() {
        Set<String> states =
                measured.values().stream().map(ForkOutcome.Measured::throttled).collect(Collectors.toSet());
        return Stream.of("yes", "unknown").filter(states::contains).findFirst().orElse("no");
    }

    /** A fork that was measured. */
    ForkOutcome.Measured any() {
        return measured.values().iterator().next();
    }
}
