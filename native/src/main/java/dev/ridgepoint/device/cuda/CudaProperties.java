package dev.ridgepoint.device.cuda;

/** System properties by which a process is told what to open; a run hands its own on to the processes it starts. */
public final class CudaProperties {
    /** {@code system} or {@code emulated}. */
    public static final String DRIVER = "ridgepoint.driver";

    /** A file to take for the emulated driver. */
    public static final String EMULATOR = "ridgepoint.emulator";

    /** The architecture for the emulated driver to play. */
    public static final String EMULATED_ARCH = "ridgepoint.emulator.arch";

    /** A UUID, the beginning of one, or an index. */
    public static final String DEVICE = "ridgepoint.device";

    /** The descriptor of a kernel from outside, which is a row of the device's catalogue then. */
    public static final String ADOPTED = "ridgepoint.adopted";

    /** The record of a tuning run, which chooses configs in place of the kernels' own rules. */
    public static final String TUNING = "ridgepoint.tuning";

    private CudaProperties() {}
}
