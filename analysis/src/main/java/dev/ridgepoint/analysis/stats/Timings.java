package dev.ridgepoint.analysis.stats;

import dev.ridgepoint.analysis.steady.SteadyState;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From the iterations of a case to its {@link Timing}.
 *
 * <p>A fork's mean is over its steady measured iterations; a fork that never became steady keeps all measured ones and
 * says so with {@code steadyFrom = -1}. Everything else is inferred from fork means.
 */
public final class Timings {
    /** The level of the interval where the user asks for none. */
    public static final double CONFIDENCE = 0.95;

    private Timings() {}

    /**
     * Summarises one case.
     *
     * @param ofOneCase every iteration of every fork, warm-up included, in any order
     * @param confidence level of the interval, between 0 and 1
     * @throws IllegalArgumentException naming the case, fork and iteration at fault
     */
    public static Timing summarise(List<IterationLine> ofOneCase, double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence: expected a level between 0 and 1, got " + confidence);
        }
        List<ForkSeries> forks = forks(ofOneCase);
        double[] means = forks.stream().mapToDouble(ForkSeries::steadyMean).toArray();
        ForkStatistics together = ForkStatistics.of(means, confidence);
        boolean spread = together.forks() > 1;
        double effective = forks.stream()
                .mapToDouble(fork -> EffectiveSamples.of(fork.steady()))
                .sum();
        return new Timing(
                together.geometricMean(),
                spread ? together.low() : null,
                spread ? together.high() : null,
                confidence,
                spread ? together.cv() : null,
                spread ? DetectableEffect.of(together.forks(), together.logSd()) : null,
                forks.stream().mapToDouble(ForkSeries::best).min().orElseThrow(),
                forks.stream().map(ForkSeries::summary).toList(),
                Percentiles.of(forks, effective),
                effective);
    }

    private static List<ForkSeries> forks(List<IterationLine> lines) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("iterations: none to summarise");
        }
        String caseId = lines.get(0).caseId();
        Map<Integer, List<IterationLine>> byFork = new TreeMap<>();
        for (IterationLine line : lines) {
            if (!line.caseId().equals(caseId)) {
                throw new IllegalArgumentException(
                        "iterations: expected those of one case, got '" + caseId + "' and '" + line.caseId() + "'");
            }
            byFork.computeIfAbsent(line.fork(), fork -> new ArrayList<>()).add(line);
        }
        List<ForkSeries> forks = new ArrayList<>();
        byFork.forEach((fork, ofFork) -> {
            ofFork.sort(Comparator.comparingInt(IterationLine::iteration));
            forks.add(ForkSeries.of(ofFork));
        });
        return forks;
    }

    /** The verdict on one fork's iterations, for plots and for those who ask why. */
    public static SteadyState.Verdict steadiness(List<IterationLine> ofOneFork) {
        List<IterationLine> sorted = new ArrayList<>(ofOneFork);
        sorted.sort(Comparator.comparingInt(IterationLine::iteration));
        return ForkSeries.of(sorted).verdict();
    }
}
