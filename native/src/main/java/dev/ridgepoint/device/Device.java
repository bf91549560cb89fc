package dev.ridgepoint.device;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.oracle.ReferenceRows;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Something kernels run on: the CPU, or a GPU through JCuda or JNI. Not thread-safe. */
public interface Device extends AutoCloseable {
    /** {@code cpu}, {@code jcuda} or {@code jni}. */
    String backend();

    DeviceTraits traits();

    /** {@code system} or {@code emulated}; null where the backend needs no driver. */
    default String driver() {
        return null;
    }

    /** On a device that only plays one, what its launches do; such a device has counters and no time. */
    default Optional<LaunchCounters> counters() {
        return Optional.empty();
    }

    /**
     * Turns on every check this device has beside results, for what it launches from now on, and says which; empty where it
     * has none.
     *
     * @param reading what counts as a race
     */
    default Optional<String> watchHazards(RaceReading reading) {
        return Optional.empty();
    }

    /** How another process of this run asks for this very device; null where there is but one. */
    default String selector() {
        return null;
    }

    /** Memory of its own; empty where kernels use the host's. */
    default OptionalLong memoryBytes() {
        return OptionalLong.empty();
    }

    /** What tells devices of one kind apart, by name: firmware, modes, limits, how it is attached. */
    default Map<String, String> properties() {
        return Map.of();
    }

    /** The device's own id, the same in every process; empty where it has none. */
    default Optional<String> uuid() {
        return Optional.empty();
    }

    /** What a result must record of the software under the kernels: library versions, instruction set, threads. */
    Map<String, String> stack();

    /** SHA-256 of what runs besides this build, by name: kernels from outside. */
    default Map<String, String> artifacts() {
        return Map.of();
    }

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

    /**
     * What an output of a problem should be, computed on the device in fp64 from the operands that lie there; empty where it
     * has no kernel for that. The caller closes it.
     */
    default Optional<ReferenceRows> reference(Problem problem, String output, Map<String, DeviceBuffer> operands) {
        return Optional.empty();
    }

    @Override
    void close();
}
