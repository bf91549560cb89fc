package dev.ridgepoint.analysis.classify.score;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often each truth got each answer. */
public final class Confusion {
    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

    /** Counts one answer. */
    public void add(String truth, String answer) {
        counts.computeIfAbsent(truth, t -> new TreeMap<>()).merge(answer, 1, Integer::sum);
    }

    /** All truths and answers that occur, in alphabetical order. */
    public List<String> labels() {
        TreeSet<String> labels = new TreeSet<>(counts.keySet());
        counts.values().forEach(row -> labels.addAll(row.keySet()));
        return List.copyOf(labels);
    }

    public int count(String truth, String answer) {
        return counts.getOrDefault(truth, Map.of()).getOrDefault(answer, 0);
    }

    /** Truths of that label. */
    public int support(String truth) {
        return counts.getOrDefault(truth, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Answers that are right, of all. */
    public Proportion right() {
        int right = counts.keySet().stream().mapToInt(t -> count(t, t)).sum();
        return new Proportion(
                right, counts.keySet().stream().mapToInt(this::support).sum());
    }

    /** Harmonic mean of precision and recall of one label; 0 where it is never answered rightly. */
    public double f1(String label) {
        int answered = counts.keySet().stream().mapToInt(t -> count(t, label)).sum();
        return 2.0 * count(label, label) / (support(label) + answered);
    }

    /** Mean F1 over the labels that are true somewhere, each counting alike however rare. */
    public double macroF1() {
        return counts.keySet().stream().mapToDouble(this::f1).average().orElse(Double.NaN);
    }
}
