package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.score.Proportion;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What two simple rules would get right of the same cases. */
final class Baselines {
    private Baselines() {}

    static Map<String, Proportion> of(List<LabelledCase> cases) {
        Map<String, Proportion> baselines = new LinkedHashMap<>();
        WorkloadClass majority = cases.stream()
                .collect(Collectors.groupingBy(LabelledCase::workloadClass, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
        baselines.put("always " + majority, right(cases, c -> c.workloadClass() == majority));
        baselines.put("compute-bound means understanding", right(cases, Baselines::computeMeansUnderstanding));
        List<LabelledCase> hard = cases.stream().filter(c -> c.hard() != null).toList();
        baselines.put("the same, hard cases only", right(hard, Baselines::computeMeansUnderstanding));
        return baselines;
    }

    private static boolean computeMeansUnderstanding(LabelledCase c) {
        WorkloadClass guess =
                c.regime() == Regime.COMPUTE_BOUND ? WorkloadClass.UNDERSTANDING : WorkloadClass.GENERATIVE_DECODE;
        return c.workloadClass() == guess;
    }

    private static Proportion right(List<LabelledCase> cases, Predicate<LabelledCase> right) {
        return new Proportion((int) cases.stream().filter(right).count(), cases.size());
    }
}
