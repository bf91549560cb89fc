package dev.ridgepoint.kernels.catalog;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.Optional;

/**
 * One row of the kernel catalogue. The id is the kernel's address: {@code gemm/cpu_fp32_onednn},
 * {@code gemm/sm90_bf16_wgmma_tma}; file, symbol and JSON id derive from it.
 */
public interface KernelRow {
    /** {@code <op>/<arch>_<precision>_<idea>}. */
    String id();

    /** One line for tables: the idea. */
    String idea();

    /** Whether it is another's kernel, which ours are held against: the first row of every table, or a skip that says why. */
    default boolean baseline() {
        return false;
    }

    /** Why its answer to a problem with NaN or infinities is not the definition's, where that is known; empty where it is. */
    default Optional<String> wrongOnNonFinite(Problem problem) {
        return Optional.empty();
    }

    /** Whether it multiplies subnormal numbers; where it does not, they are zeros to it, as instructions of some processors have it. */
    default boolean multipliesSubnormals(DeviceTraits device) {
        return true;
    }

    /** Why it is not asked about such inputs, as its answer is known to be wrong: a skip with that reason; empty where it is asked. */
    default Optional<String> excuse(Problem problem, Distribution inputs) {
        return inputs == Distribution.NON_FINITE ? wrongOnNonFinite(problem) : Optional.empty();
    }

    /** Whether this kernel can do the problem on such a device, and how the precision runs there. */
    Support supports(Problem problem, DeviceTraits device);
}
