package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Footprint;

/**
 * C[m, n] = A[m, k] * B[n, k]^T: activations by weights, the weight's rows being output channels ({@code nt}).
 *
 * @param m rows of activations: the sum of query tokens over sequences
 * @param n output channels
 * @param k contraction length
 * @param moe the mixture of experts the weight is one of, or null for a dense GEMM
 * @param proxyFor what this GEMM stands in for ({@code conv 3x3}, {@code lstm step}), or null where it is itself
 */
public record GemmShape(long m, long n, long k, Moe moe, String proxyFor) implements Shape {
    public GemmShape {
        Extents.positive("M", m);
        Extents.positive("N", n);
        Extents.positive("K", k);
        Extents.product("M*N*K", m, n, k);
    }

    /** {@code experts} weights of which each token uses {@code topK}. */
    public record Moe(int experts, int topK) {
        public Moe {
            if (experts < 1) {
                throw new IllegalArgumentException("experts: expected at least 1, got " + experts);
            }
            if (topK < 1 || topK > experts) {
                throw new IllegalArgumentException("top_k: expected 1 to experts=" + experts + ", got " + topK);
            }
        }

        /** Expected number of different experts that {@code tokens} tokens hit under uniform routing. */
        public double expectedHit(long tokens) {
            return experts * (1 - Math.pow(1 - topK / (double) experts, tokens));
        }
    }

    public static GemmShape of(long m, long n, long k) {
        return new GemmShape(m, n, k, null, null);
    }

    public static GemmShape grouped(long m, long n, long k, int experts, int topK) {
        return new GemmShape(m, n, k, new Moe(experts, topK), null);
    }

    /** Multiply-adds, the size the verification ladder is chosen by. */
    public long multiplyAdds() {
        return Extents.product("M*N*K*top_k", m, n, k, moe == null ? 1 : moe.topK());
    }

    @Override
    public String op() {
        return "gemm";
    }

    @Override
    public String id() {
        String experts = moe == null ? "" : "_e" + moe.experts() + "_top" + moe.topK();
        return "gemm_m" + m + "_n" + n + "_k" + k + experts;
    }

    @Override
    public WorkModel work(Footprint bytes) {
        double rows = moe == null ? m : (double) m * moe.topK();
        double weights = moe == null ? 1 : moe.expectedHit(m);
        return new WorkModel(
                2.0 * rows * n * k,
                rows * k * bytes.activation() + weights * n * k * bytes.weight(),
                rows * n * bytes.output());
    }
}
