package dev.ridgepoint.kernels.cuda;

/** Kernels that answer no problem: what launching and moving bytes cost, and references in fp64. */
public enum CudaProbe implements CudaKernel {
    EMPTY("probe/sm80_void_empty", "does nothing"),
    WAIT("probe/sm80_void_wait", "occupies its stream for so many cycles"),
    TEN_ARGUMENTS("probe/sm80_mixed_ten_arguments", "takes ten arguments of every size and shows what arrived"),
    READ("probe/sm80_fp32_read", "reads"),
    COPY("probe/sm80_fp32_copy", "reads and writes as much"),
    TRIAD("probe/sm80_fp32_triad", "reads two and writes one"),
    REFERENCE_GEMM("probe/sm80_fp64_gemm", "a product in fp64 for others to be held against"),
    REFERENCE_ATTENTION("probe/sm80_fp64_attention", "attention in fp64 for others to be held against");

    /** Threads of a block of the bandwidth probes. */
    public static final int BLOCK = 256;

    private final String id;
    private final String idea;

    CudaProbe(String id, String idea) {
        this.id = id;
        this.idea = idea;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String idea() {
        return idea;
    }
}
