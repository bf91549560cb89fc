package dev.ridgepoint.device;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.List;
import java.util.Map;

/** Something kernels run on: the CPU now, a GPU through JCuda or JNI next. Not thread-safe. */
public interface Device extends AutoCloseable {
    /** {@code cpu}, {@code jcuda} or {@code jni}. */
    String backend();

    DeviceTraits traits();

    /** What a result must record of the software under the kernels: library versions, instruction set, threads. */
    Map<String, String> stack();

    /** The kernels this device can be asked for. */
    List<? extends KernelRow> kernels();

    /** Device memory, 64-byte aligned at the least; contents undefined. */
    DeviceBuffer allocate(long bytes);

    /**
     * Binds a kernel to a problem and its operands once, so that launching allocates nothing.
     *
     * @param kernel a row of {@link #kernels()}
     * @param operands a buffer for every operand of the problem, by name
     * @throws UnsupportedKernelException if the library under the kernel refuses only now, with its reason
     */
    PreparedLaunch prepare(KernelRow kernel, Problem problem, Map<String, DeviceBuffer> operands);

    @Override
    void close();
}
