package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Why no kernel of a device takes a problem. Every kernel has a reason, but that an fp32 product computes no int8 is
 * none worth reading: only kernels named after the problem's own operation and precision are asked.
 */
public final class Refusals {
    private Refusals() {}

    /** One line. */
    public static String of(Problem problem, List<? extends KernelRow> kernels, DeviceTraits device) {
        Set<String> reasons = new LinkedHashSet<>();
        for (KernelRow kernel : kernels) {
            if (isMeantFor(kernel, problem)
                    && kernel.supports(problem, device) instanceof Support.Unsupported unsupported) {
                reasons.add(unsupported.reason());
            }
        }
        return reasons.isEmpty()
                ? "no kernel for " + problem.op() + " in " + problem.precisionId() + " on this backend"
                : String.join("; ", reasons);
    }

    /** A baseline is meant for its operation in any precision; of ours the name tells, which is {@code <op>/<arch>_<precision>_<idea>}. */
    public static boolean isMeantFor(KernelRow kernel, Problem problem) {
        return kernel.id().startsWith(problem.op() + "/")
                && (kernel.baseline() || kernel.id().contains("_" + problem.precisionId() + "_"));
    }
}
