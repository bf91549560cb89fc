package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.stats.Timings;
import dev.ridgepoint.analysis.steady.SteadyState;
import dev.ridgepoint.analysis.telemetry.Sample;
import dev.ridgepoint.analysis.telemetry.TelemetryFile;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The run-sequence plots worth a look: forks that never became steady first, then those that slowed down or warmed up
 * longest, then the widest spread between forks. Iterations stream by; only those of the chosen cases are kept.
 */
final class SequencePlots {
    /** Plots a page can carry and a person can look at. */
    static final int MOST = 24;

    /**
     * One case's forks.
     *
     * @param forks by number, each with its iterations in order
     * @param telemetry by number, what the device said around them; forks that have none are not in it
     */
    record Sequence(CaseRow row, Map<Integer, List<IterationLine>> forks, Map<Integer, List<Sample>> telemetry) {
        SteadyState.Verdict verdict(int fork) {
            return Timings.steadiness(forks.get(fork));
        }
    }

    private SequencePlots() {}

    static List<CaseRow> choose(List<CaseRow> measured) {
        return measured.stream()
                .sorted(Comparator.comparingLong((CaseRow row) -> -row.timing().unsteadyForks())
                        .thenComparingInt(row -> -latestSteady(row.timing()))
                        .thenComparingDouble(row -> -spread(row.timing())))
                .limit(MOST)
                .toList();
    }

    /** Iterations measured before the last fork was steady; warm-up that stayed in the warm-up counts as none. */
    private static int latestSteady(Timing timing) {
        return timing.forks().stream()
                .mapToInt(fork -> Math.max(0, fork.steadyFrom() - fork.warmups()))
                .max()
                .orElse(0);
    }

    private static double spread(Timing timing) {
        return timing.betweenForkCv() == null ? 0 : timing.betweenForkCv();
    }

    static List<Sequence> read(BundleReader bundle, List<CaseRow> chosen) throws IOException {
        Map<String, Sequence> byCase = new LinkedHashMap<>();
        chosen.forEach(row -> byCase.put(row.id(), new Sequence(row, new TreeMap<>(), new TreeMap<>())));
        bundle.iterations(line -> {
            Sequence sequence = byCase.get(line.caseId());
            if (sequence != null) {
                sequence.forks()
                        .computeIfAbsent(line.fork(), fork -> new ArrayList<>())
                        .add(line);
            }
        });
        byCase.values().removeIf(sequence -> sequence.forks().isEmpty());
        for (Sequence sequence : byCase.values()) {
            for (int fork : sequence.forks().keySet()) {
                List<Sample> samples =
                        TelemetryFile.read(bundle.path(), sequence.row().id(), fork);
                if (!samples.isEmpty()) {
                    sequence.telemetry().put(fork, samples);
                }
            }
        }
        return List.copyOf(byCase.values());
    }

    /** What is shown and what is not. */
    static String note(int shown, int measured) {
        if (shown == measured) {
            return "All " + Numbers.count(measured) + " measured cases.";
        }
        return Numbers.count(shown) + " of " + Numbers.count(measured) + " measured cases: those with forks that never "
                + "became steady, then those steady latest, then those whose forks differ most. "
                + "The others are in iterations.ndjson of the bundle.";
    }
}
