package dev.ridgepoint.analysis.classify.heldout;

import java.util.Set;
import java.util.TreeSet;

/**
 * FLOPs, bytes and regimes worked out here from the written formulas, on purpose without the kernels module: a fault there
 * must not label its own test.
 */
record PlainWork(double flops, double bytes) {

    static PlainWork gemm(double m, double n, double k, double act, double weight, double out) {
        return new PlainWork(2 * m * n * k, m * k * act + n * k * weight + m * n * out);
    }

    static PlainWork experts(
            double m, double n, double k, double experts, double topK, double act, double weight, double out) {
        double hit = experts * (1 - Math.pow(1 - topK / experts, m));
        return new PlainWork(2 * m * topK * n * k, hit * n * k * weight + m * topK * (k * act + n * out));
    }

    /** Counts visible pairs one query at a time. */
    static double pairs(String mask, long queries, long keys, long window) {
        double pairs = 0;
        for (long i = 0; i < queries; i++) {
            long own = keys - queries + i;
            pairs += switch (mask) {
                case "full" -> keys;
                case "causal" -> own + 1;
                case "sliding" -> Math.min(own + 1, window);
                case "local" -> Math.min(keys - 1, own + window / 2) - Math.max(0, own - window / 2) + 1;
                default -> throw new IllegalArgumentException(mask);
            };
        }
        return pairs;
    }

    static PlainWork attention(
            long batch,
            long heads,
            long kvHeads,
            long queries,
            long keys,
            long dim,
            String mask,
            long window,
            double bytes) {
        double flops = 4.0 * batch * heads * pairs(mask, queries, keys, window) * dim;
        double read = mask.equals("sliding") ? Math.min(keys, window + queries - 1) : keys;
        return new PlainWork(flops, batch * bytes * dim * (2.0 * heads * queries + 2.0 * kvHeads * read));
    }

    PlainWork plus(PlainWork other) {
        return new PlainWork(flops + other.flops, bytes + other.bytes);
    }

    static PlainWork quantize(double rows, double cols, double src, double dst, double scales, boolean tensor) {
        return new PlainWork(5 * rows * cols, rows * cols * ((tensor ? 2 : 1) * src + dst) + 2 * scales);
    }

    static PlainWork dequantize(double rows, double cols, double src, double dst, double scales) {
        return new PlainWork(2 * rows * cols, rows * cols * (src + dst) + 2 * scales);
    }

    double us(double tflops, double tbs) {
        return Math.max(flops / (tflops * 1e6), bytes / (tbs * 1e6));
    }

    String regime(double tflops, double tbs, double floorUs) {
        double over = flops / bytes / (tflops / tbs);
        if (us(tflops, tbs) < floorUs) {
            return "LAUNCH_BOUND";
        }
        return over > 1.25 ? "COMPUTE_BOUND" : over < 0.8 ? "BANDWIDTH_BOUND" : "RIDGE";
    }

    /** The regime and those whose border is a quarter or less away. */
    Set<String> acceptable(double tflops, double tbs, double floorUs) {
        Set<String> acceptable = new TreeSet<>();
        for (double nudge : new double[] {1 / 1.2, 1, 1.2}) {
            acceptable.add(new PlainWork(flops * nudge, bytes).regime(tflops, tbs, floorUs));
            acceptable.add(regime(tflops, tbs, floorUs * nudge));
        }
        return acceptable;
    }
}
