package dev.ridgepoint.kernels.precision;

/**
 * How a sum of products grows wrong: what the tolerance of a matrix product is derived from.
 *
 * <p>Each step adds {@code block} products to a running sum and keeps {@code bits} significant bits of it. With unit u =
 * 2^-bits (rounding to nearest) or 2^(1 - bits) (truncating), the error of n = ceil(terms / block) steps is, relative to
 * the largest partial sum,
 *
 * <ul>
 *   <li>rounding to nearest: random, sqrt(n) u / 3 in the standard deviation if all terms have one sign (the partial
 *       sums then grow linearly), less otherwise. Four sqrt(n) u is twelve of those; never more than n u, the certain
 *       bound.
 *   <li>truncating: on top of that a bias towards zero of half a unit of a mean mantissa a step, under n u / 4; and the
 *       products of one block are aligned to their largest and truncated too, which costs a few units once: 4 u.
 * </ul>
 *
 * <p>Terms that follow a pattern, such as equal ones, may all err to the same side. Then only the certain bound holds:
 * n u, and truncating 4 u more a step for the alignment of its products.
 *
 * <p>Sources: N. Higham and T. Mary, A new approach to probabilistic rounding error analysis, SIAM J. Sci. Comput. 41
 * (2019); M. Fasi et al., Numerical behavior of NVIDIA tensor cores, PeerJ CS 7 (2021); DeepSeek-V3 technical report
 * (2024), section 3.3.2, on fp8's 14 bits.
 *
 * @param id name in a tolerance's source
 * @param bits significant bits of a partial sum, 0 for exact integer sums
 * @param block products added in one step
 * @param truncates whether bits are cut off rather than rounded to nearest
 * @param patterned whether terms may follow a pattern, so that luck is not counted on
 */
public record Accumulator(String id, int bits, int block, boolean truncates, boolean patterned) {
    /** One by one in IEEE single precision. */
    public static final Accumulator FP32 = new Accumulator("fp32", 24, 1, false, false);
    /** 16-bit and tf32 tensor cores: fp32 sums, truncated. Wide enough for a CPU's sums to nearest too. */
    public static final Accumulator TENSOR_FP32 = new Accumulator("fp32-truncated", 24, 8, true, false);
    /** Hopper's fp8 tensor cores: stored as fp32, but 14 bits wide. */
    public static final Accumulator TENSOR_FP8 = new Accumulator("fp8-hopper-14bit", 14, 32, true, false);
    /** Integer sums: exact up to 131,071 products of two int8. */
    public static final Accumulator INT32 = new Accumulator("int32", 0, 1, false, false);

    private static final double DEVIATIONS = 4;
    private static final double BIAS = 0.25;
    private static final double ALIGNMENT = 4;

    /** The least accurate accumulator that a precision's contract admits on any machine. */
    public static Accumulator of(Precision precision) {
        return switch (precision.compute()) {
            case INT8 -> INT32;
            case FP8_E4M3, FP8_E5M2 -> TENSOR_FP8;
            case FP16, BF16, TF32 -> TENSOR_FP32;
            default -> FP32;
        };
    }

    /** The same for terms that may follow a pattern. */
    public Accumulator ofPatterns() {
        return new Accumulator(id, bits, block, truncates, true);
    }

    /** Error of a sum of {@code terms} products, relative to its largest partial sum. */
    public double growth(long terms) {
        if (bits == 0) {
            return 0;
        }
        double steps = (terms + block - 1) / block;
        if (patterned) {
            return truncates ? Math.scalb(steps * (1 + ALIGNMENT), 1 - bits) : Math.scalb(steps, -bits);
        }
        double random = Math.min(steps, DEVIATIONS * Math.sqrt(steps));
        return truncates ? Math.scalb(random + BIAS * steps + ALIGNMENT, 1 - bits) : Math.scalb(random, -bits);
    }
}
