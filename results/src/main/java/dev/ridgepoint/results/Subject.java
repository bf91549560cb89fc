package dev.ridgepoint.results;

/**
 * The answer being judged.
 *
 * @param kernel catalogue id
 * @param backend {@code cpu}, {@code jcuda} or {@code jni}
 * @param driver {@code system}, {@code emulated}, or null on the CPU
 * @param arch architecture it was built for
 * @param implementation what really ran, in the library's own words
 * @param support {@code native} or {@code upconverted}
 * @param buildDigest SHA-256 of what was run: cubin, library or jar
 */
public record Subject(
        String kernel,
        String backend,
        String driver,
        String arch,
        String implementation,
        String support,
        String buildDigest) {
    /** Whether the emulated driver ran it: such an answer has counters, and no time. */
    public boolean emulated() {
        return Context.EMULATED.equals(driver);
    }
}
