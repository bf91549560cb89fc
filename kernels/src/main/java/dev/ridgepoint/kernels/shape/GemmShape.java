package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Footprint;

/**
 * C[m, n] = A[m, k] * B[n, k]^T: activations by weights, the weight's rows being output channels ({@code nt}). An epilogue
 * adds a number a channel and may apply a function, before anything is stored.
 *
 * @param m rows of activations: the sum of query tokens over sequences
 * @param n output channels
 * @param k contraction length
 * @param many what makes it more than one product: {@link Moe}, {@link Batch}, or null for a dense GEMM
 * @param epilogue what is done to the product before it is stored; each of several products has a bias of its own
 * @param proxyFor what this GEMM stands in for ({@code conv 3x3}, {@code lstm step}), or null where it is itself
 */
public record GemmShape(long m, long n, long k, Many many, Epilogue epilogue, String proxyFor) implements Shape {
    /** The product as it is. */
    public GemmShape(long m, long n, long k, Many many, String proxyFor) {
        this(m, n, k, many, Epilogue.NONE, proxyFor);
    }

    public GemmShape {
        Extents.positive("M", m);
        Extents.positive("N", n);
        Extents.positive("K", k);
        Extents.product("M*N*K", m, n, k);
    }

    /** Several right-hand sides [n, k] in one product. */
    public sealed interface Many permits Moe, Batch {
        /** Matrices B. */
        int count();

        /** Rows of C for each of the m rows. */
        int fold();

        /** Matrices B that are read at {@code tokens} rows. */
        double read(long tokens);

        /** How it ends an id. */
        String suffix();
    }

    /** {@code experts} weights of which each token uses {@code topK}. */
    public record Moe(int experts, int topK) implements Many {
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

        /** Rows an expert gets that is hit at all, under uniform routing, to the nearest whole row. */
        public long rowsOfOne(long tokens) {
            return Math.max(1, Math.round(tokens * topK / expectedHit(tokens)));
        }

        @Override
        public int count() {
            return experts;
        }

        @Override
        public int fold() {
            return topK;
        }

        @Override
        public double read(long tokens) {
            return expectedHit(tokens);
        }

        @Override
        public String suffix() {
            return "_e" + experts + "_top" + topK;
        }
    }

    /** {@code count} independent products of one size, each of its own A [m, k] and B [n, k]: one a head, one an expert. */
    public record Batch(int count) implements Many {
        public Batch {
            if (count < 1) {
                throw new IllegalArgumentException("products: expected at least 1, got " + count);
            }
        }

        @Override
        public int fold() {
            return count;
        }

        @Override
        public double read(long tokens) {
            return count;
        }

        @Override
        public String suffix() {
            return "_p" + count;
        }
    }

    public static GemmShape of(long m, long n, long k) {
        return new GemmShape(m, n, k, null, null);
    }

    public static GemmShape grouped(long m, long n, long k, int experts, int topK) {
        return new GemmShape(m, n, k, new Moe(experts, topK), null);
    }

    public static GemmShape batched(int count, long m, long n, long k) {
        return new GemmShape(m, n, k, new Batch(count), null);
    }

    /** The same product with that epilogue. */
    public GemmShape with(Epilogue other) {
        return new GemmShape(m, n, k, many, other, proxyFor);
    }

    /** The mixture of experts the weight is one of, or null. */
    public Moe moe() {
        return many instanceof Moe moe ? moe : null;
    }

    /** The independent products this is made of, or null. */
    public Batch batch() {
        return many instanceof Batch batch ? batch : null;
    }

    /** Multiply-adds, the size the verification ladder is chosen by. */
    public long multiplyAdds() {
        return Extents.product("M*N*K*top_k", m, n, k, many == null ? 1 : many.fold());
    }

    @Override
    public String op() {
        return "gemm";
    }

    @Override
    public String id() {
        return "gemm_m" + m + "_n" + n + "_k" + k + (many == null ? "" : many.suffix())
                + (epilogue == Epilogue.NONE ? "" : "_" + epilogue);
    }

    /**
     * A bias is read with its weight, in the type of the output. FLOPs are the product's alone, as attention's are: what is
     * elementwise runs beside the multiplier whose peak they are held against.
     */
    @Override
    public WorkModel work(Footprint bytes) {
        double rows = many == null ? m : (double) m * many.fold();
        double weights = many == null ? 1 : many.read(m);
        double bias = epilogue.hasBias() ? weights * n : 0;
        return new WorkModel(
                2.0 * rows * n * k,
                rows * k * bytes.activation() + weights * n * k * bytes.weight() + bias * bytes.output(),
                rows * n * bytes.output());
    }
}
