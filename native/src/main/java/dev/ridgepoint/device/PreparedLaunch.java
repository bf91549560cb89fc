package dev.ridgepoint.device;

/** A kernel bound to its arguments. */
public interface PreparedLaunch extends AutoCloseable {
    /** Starts the kernel; on a CPU it has finished when this returns. Allocates nothing. */
    void launch();

    /** Waits until every launch has finished. */
    void synchronize();

    /** What really runs, in the library's own words: {@code brg:avx512_core_amx}, {@code jit:avx2}. */
    String implementation();

    @Override
    void close();
}
