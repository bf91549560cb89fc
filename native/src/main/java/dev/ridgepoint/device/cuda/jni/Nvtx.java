package dev.ridgepoint.device.cuda.jni;

/**
 * Named ranges for a tool that has started this process, Nsight Systems or Nsight Compute. Where none has, nothing is loaded and
 * nothing called. A range is the process's, so that it holds what any thread launches.
 */
public final class Nvtx {
    /** What a tool sets for the processes it starts: its library, which our C++ looks for. */
    private static final String TOOL = "NVTX_INJECTION64_PATH";

    private static final boolean ATTACHED =
            System.getenv(TOOL) != null && JniLibrary.load().isPresent() && NativeNvtx.nvtx_attach();

    private Nvtx() {}

    /** Begins a range, which ends when it is closed. */
    public static Range range(String name) {
        return new Range(ATTACHED ? NativeNvtx.nvtx_start(name) : 0);
    }

    /** A range that has begun. */
    public static final class Range implements AutoCloseable {
        private final long id;

        private Range(long id) {
            this.id = id;
        }

        @Override
        public void close() {
            if (ATTACHED) {
                NativeNvtx.nvtx_end(id);
            }
        }
    }
}
