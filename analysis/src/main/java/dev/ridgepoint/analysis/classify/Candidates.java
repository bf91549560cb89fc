package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds beliefs about stories into at most three candidates.
 *
 * <p>Each class that holds a tenth of the belief comes first with its likeliest phase; room that is left goes to the
 * next likeliest pairs of class and phase. What is not listed is shared out: within its class over the phases listed, or,
 * where the class is not listed, over all. So the probabilities sum to 1, and those of one class add up to the class's.
 */
final class Candidates {
    private static final int AT_MOST = 3;
    private static final double WORTH_NAMING = .1;

    private record Pair(WorkloadClass workloadClass, Phase phase) {}

    private final Map<Pair, Double> pairs = new HashMap<>();
    private final Map<WorkloadClass, Double> classes = new EnumMap<>(WorkloadClass.class);

    Candidates(double[] stories) {
        for (Story story : Story.values()) {
            double p = stories[story.ordinal()];
            pairs.merge(new Pair(story.workloadClass(), story.phase()), p, Double::sum);
            classes.merge(story.workloadClass(), p, Double::sum);
        }
    }

    /** Likeliest class first, and within a class likeliest phase first. */
    List<Candidate> list() {
        List<Pair> order = pairs.keySet().stream()
                .sorted(Comparator.comparingDouble((Pair pair) -> -pairs.get(pair))
                        .thenComparing(Pair::phase))
                .toList();
        List<Pair> chosen = new ArrayList<>();
        for (Pair pair : order) {
            boolean first = chosen.stream().noneMatch(c -> c.workloadClass == pair.workloadClass);
            if (first && classes.get(pair.workloadClass) >= WORTH_NAMING && chosen.size() < AT_MOST) {
                chosen.add(pair);
            }
        }
        for (Pair pair : order) {
            if (chosen.size() < AT_MOST && !chosen.contains(pair)) {
                chosen.add(pair);
            }
        }
        return normalised(chosen);
    }

    private List<Candidate> normalised(List<Pair> chosen) {
        Map<WorkloadClass, Double> listed = new EnumMap<>(WorkloadClass.class);
        chosen.forEach(pair -> listed.merge(pair.workloadClass, pairs.get(pair), Double::sum));
        double covered = listed.keySet().stream().mapToDouble(classes::get).sum();
        return chosen.stream()
                .map(pair -> new Candidate(
                        pair.workloadClass,
                        pair.phase,
                        pairs.get(pair) / listed.get(pair.workloadClass) * classes.get(pair.workloadClass) / covered))
                .sorted(Comparator.comparingDouble((Candidate c) -> -classes.get(c.workloadClass()))
                        .thenComparingDouble(c -> -c.probability()))
                .toList();
    }
}
