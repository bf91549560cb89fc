package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.Workload;
import java.util.Set;

/**
 * Which workloads of a suite are wanted; an empty set wants all.
 *
 * @param ops {@code gemm}, {@code attention}, {@code quantize}, {@code dequantize}
 * @param models catalogue names
 * @param phases how tokens arrive
 * @param precisions precisions or quantised formats
 */
public record Selection(Set<String> ops, Set<String> models, Set<Phase> phases, Set<String> precisions) {
    public static final Selection EVERYTHING = new Selection(Set.of(), Set.of(), Set.of(), Set.of());

    public boolean wants(Workload workload) {
        return in(ops, workload.problem().op())
                && in(precisions, workload.problem().precisionId())
                && in(models, workload.provenance() == null ? null : workload.provenance().model())
                && in(phases, workload.provenance() == null ? null : workload.provenance().phase());
    }

    private static <T> boolean in(Set<T> wanted, T value) {
        return wanted.isEmpty() || (value != null && wanted.contains(value));
    }
}
