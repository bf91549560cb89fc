package dev.ridgepoint.kernels.precision;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.CellProblem;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.LayerProblem;
import dev.ridgepoint.kernels.shape.PointwiseProblem;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AppendProblem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.shape.RepackProblem;
import dev.ridgepoint.kernels.shape.Rotary;
import dev.ridgepoint.kernels.shape.RotateProblem;
import dev.ridgepoint.kernels.shape.RowProblem;

/**
 * How far an element of the output may lie from the oracle's, and why.
 *
 * <p>Both matrix products and attention end in a sum of terms t (a * b; p * v), so one formula serves. With S the sum of
 * |t| and R the root of the sum of t squared,
 *
 * <pre>allowed = value * min(S, |ref| + 3 R) + perTerm * min(S, 4 R) + relative * |ref| + floor</pre>
 *
 * The first part is rounding of partial sums, which are never larger than S nor, for terms in random order, much larger
 * than the total plus three standard deviations of a random walk. The second is rounding of each term before it is
 * added, errors independent of one another. Without R the certain bound S is used, which for sums that cancel is about
 * sqrt(K) wider; so it is where terms may follow a pattern.
 *
 * @param kind whether anything but equality is allowed
 * @param value error of summing, relative to the largest partial sum; grows with the number of terms
 * @param perTerm error of a single term before it is added, relative to it
 * @param relative error relative to the result: its last roundings
 * @param floor absolute error: the output's subnormals
 * @param patterned whether terms may follow a pattern, so that R says nothing of their partial sums
 * @param source where the figures come from, in one line
 */
public record Tolerance(
        Kind kind, double value, double perTerm, double relative, double floor, boolean patterned, String source) {
    /** Whether anything but equality is allowed. */
    public enum Kind {
        /** The same bits. */
        BIT_EXACT("bit-exact"),
        /** An absolute bound for each element. */
        ELEMENTWISE("elementwise");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }

    /** Standard deviations of a random walk that its partial sums stay within. */
    private static final double WALK = 3;
    /** Largest root sum of squares that independent errors of terms may reach. */
    private static final double INDEPENDENT = 4;
    /** fp32 roundings of a finished sum: scales of both operands, the softmax denominator and its division. */
    static final double EPILOGUE = 4 * DType.FP32.unitRoundoff();
    /** Denormals may be flushed on the way. */
    private static final double SMALLEST_NORMAL = 0x1p-126;
    /** Scores beyond 5 are rare where queries and keys have unit variance; a random walk strays by 3 more. */
    private static final double USUAL_SCORE = 8;
    /** Scaling a score, subtracting the maximum, and an exponential good to 2 ulp. */
    static final double EXPONENTIAL = 0x1p-20;
    /** Exponentials may be made larger by up to this factor's logarithm, so that small ones are not lost in fp16. */
    private static final double HEADROOM = 16;

    /**
     * What a problem's contract allows on any machine.
     *
     * @throws IllegalArgumentException where nothing is pinned that an output could be held to
     */
    public static Tolerance of(Problem problem) {
        Tolerance exact = exact(problem);
        return exact == null ? of(problem, accumulator(problem)) : exact;
    }

    private static Accumulator accumulator(Problem problem) {
        if (problem instanceof RowProblem || problem instanceof CellProblem || problem instanceof PointwiseProblem) {
            return Accumulator.FP32;
        }
        if (problem instanceof LayerProblem layer) {
            return Accumulator.of(layer.precision());
        }
        return Accumulator.of(
                problem instanceof GemmProblem gemm ? gemm.precision() : ((AttentionProblem) problem).precision());
    }

    /** What the contract allows of operands that may follow a pattern, such as equal terms, whose errors add up. */
    public static Tolerance ofPatterns(Problem problem) {
        Tolerance exact = exact(problem);
        return exact == null ? of(problem, accumulator(problem).ofPatterns()) : exact;
    }

    /** What is allowed where sums are known to be kept better than the contract asks, such as fp8 products on a CPU. */
    public static Tolerance of(Problem problem, Accumulator sums) {
        if (problem instanceof GemmProblem gemm) {
            return gemm(gemm, sums);
        }
        if (problem instanceof AttentionProblem attention) {
            return ofAttention(attention, sums, USUAL_SCORE);
        }
        if (problem instanceof RowProblem rows) {
            return RowTolerance.of(rows, sums);
        }
        if (problem instanceof CellProblem cell) {
            return CellTolerance.of(cell, sums);
        }
        if (problem instanceof PointwiseProblem pointwise) {
            return PointwiseTolerance.of(pointwise, sums);
        }
        if (problem instanceof LayerProblem layer) {
            return LayerTolerance.of(layer, sums);
        }
        return exact(problem);
    }

    /** Of problems whose every bit is pinned, else null. */
    private static Tolerance exact(Problem problem) {
        if (problem instanceof QuantizeProblem quantize) {
            return quantize(quantize);
        }
        if (problem instanceof RotateProblem rotate) {
            return exactly("pairs turned in fp32, each product rounded, then rounded to "
                    + rotate.precision().output());
        }
        if (problem instanceof RepackProblem repack) {
            return exactly("the codes and zero points of " + repack.from() + " where " + repack.to() + " has them");
        }
        return problem instanceof AppendProblem append ? append(append) : null;
    }

    private static Tolerance exactly(String source) {
        return new Tolerance(Kind.BIT_EXACT, 0, 0, 0, 0, false, source);
    }

    private static Tolerance append(AppendProblem problem) {
        QuantFormat format = problem.precision().kvFormat();
        String written = format == null ? "rounded to " + problem.precision().kv() : "as " + format + " codes them";
        String turned =
                problem.shape().rotary() == Rotary.NONE ? "" : "pairs turned in fp32, each product rounded, then ";
        return exactly(turned + written);
    }

    private static Tolerance gemm(GemmProblem problem, Accumulator sums) {
        Precision precision = problem.precision();
        Epilogue epilogue = problem.shape().epilogue();
        long k = problem.shape().k();
        Tolerance plain = elementwise(
                sums,
                epilogue.hasBias() ? k + 1 : k,
                operandRounding(precision),
                EPILOGUE,
                precision.output(),
                "K=" + k + (epilogue.hasBias() ? " products and a bias summed in " : " products summed in ") + sums.id()
                        + operandSource(precision)
                        + (epilogue.bends() ? ", " + epilogue + " of the sum in fp32, functions to 2 ulp" : ""));
        return epilogue.hasBias() ? plain.withFinishedSums() : plain;
    }

    /** Where something is added to a sum once it is finished: roundings until then are relative to the sum, not to the result. */
    private Tolerance withFinishedSums() {
        return new Tolerance(kind, value + EPILOGUE, perTerm, relative, floor, patterned, source);
    }

    /** The same of a result that is kept in {@code wide} instead of {@code output}. */
    Tolerance keptIn(DType wide, DType output) {
        return new Tolerance(
                kind,
                value,
                perTerm,
                relative - output.unitRoundoff() + wide.unitRoundoff(),
                SMALLEST_NORMAL,
                patterned,
                source);
    }

    /**
     * What multiplication costs before anything is added. Products of numbers of 16 bits and fewer are exact in fp32, and
     * tf32 operands are stored rounded; products of two fp32 are not exact, nor are weights after dequantisation.
     */
    private static double operandRounding(Precision precision) {
        DType compute = precision.compute();
        if (weightsAreConverted(precision)) {
            return 2 * compute.unitRoundoff();
        }
        return compute == DType.FP32 ? compute.unitRoundoff() : 0;
    }

    private static boolean weightsAreConverted(Precision precision) {
        return precision.weightFormat() != null && precision.weight() != precision.compute();
    }

    private static String operandSource(Precision precision) {
        return weightsAreConverted(precision) ? ", weights and their scales rounded to " + precision.compute() : "";
    }

    /**
     * Attention whose scores are not of the usual size. Two products are chained by an exponential: an error of a score
     * is a relative error of its probability, once in the numerator and once in the denominator; so is the rounding of
     * probabilities to the type they are multiplied in, and of dequantised values. The contract keeps scores in fp32.
     *
     * @param largestScore largest partial sum of a scaled score q * k, 8 where queries and keys have unit variance
     * @throws IllegalArgumentException for precisions that do not compute in floating point
     */
    public static Tolerance ofAttention(AttentionProblem problem, Accumulator sums, double largestScore) {
        Precision precision = problem.precision();
        if (!precision.compute().isFloat()) {
            throw new IllegalArgumentException("precision: attention computes in floating point, not " + precision);
        }
        AttentionShape shape = problem.shape();
        double u = precision.compute().unitRoundoff();
        double dequantised = precision.kvFormat() != null && precision.kv() != precision.compute() ? 2 * u : 0;
        double score = largestScore * (sums.growth(shape.headDim()) + dequantised / USUAL_SCORE) + EXPONENTIAL;
        long keys = longestRow(shape);
        return elementwise(
                sums,
                keys,
                2 * score + u + dequantised,
                Accumulator.FP32.growth(keys) + EPILOGUE,
                precision.output(),
                "scores over D=" + shape.headDim() + " and " + keys + " weighted values summed in " + sums.id()
                        + ", exp to 2 ulp, probabilities rounded to " + precision.compute()
                        + (dequantised > 0 ? ", keys and values dequantised to " + precision.compute() : "")
                        + (shape.rope() == null ? "" : ", queries and keys turned in fp32 and rounded before"));
    }

    /**
     * Of the logarithm of a row's sum of exponentials: an error of its scores is one of its own, and a relative error of the
     * sum, whose terms are all positive, is an absolute one of the logarithm. The contract sums what was not rounded to the
     * type probabilities are multiplied in.
     *
     * @param largestScore largest partial sum of a scaled score of the row, 8 where queries and keys have unit variance
     */
    public static Tolerance ofLse(AttentionProblem problem, Accumulator sums, double largestScore) {
        Precision precision = problem.precision();
        AttentionShape shape = problem.shape();
        double u = precision.compute().unitRoundoff();
        double dequantised = precision.kvFormat() != null && precision.kv() != precision.compute() ? 2 * u : 0;
        double score = largestScore * (sums.growth(shape.headDim()) + dequantised / USUAL_SCORE) + EXPONENTIAL;
        long keys = longestRow(shape);
        Accumulator fp32 = sums.patterned() ? Accumulator.FP32.ofPatterns() : Accumulator.FP32;
        // The largest score and the logarithm of the rest are added in fp32, to base 2 and with headroom.
        double added = EPILOGUE * (largestScore + 2 * Math.log(keys) + HEADROOM);
        return new Tolerance(
                Kind.ELEMENTWISE,
                0,
                0,
                EPILOGUE,
                score + fp32.growth(keys) + added,
                sums.patterned(),
                "scores over D=" + shape.headDim() + " summed in " + sums.id() + ", " + keys
                        + " exponentials to 2 ulp summed in fp32, their logarithm");
    }

    /** The same for scores of the usual size. */
    public static Tolerance ofLse(AttentionProblem problem, boolean patterned) {
        Accumulator sums = accumulator(problem);
        return ofLse(problem, patterned ? sums.ofPatterns() : sums, USUAL_SCORE);
    }

    private static long longestRow(AttentionShape shape) {
        long keys = shape.sequences().stream()
                .mapToLong(AttentionShape.Segment::seqLenKv)
                .max()
                .orElseThrow();
        return shape.window() == 0 ? keys : Math.min(keys, shape.window() + 1);
    }

    private static Tolerance quantize(QuantizeProblem problem) {
        QuantCodec codec = QuantCodecs.of(problem.format());
        boolean encodes = problem.shape().direction() == Direction.QUANTIZE;
        if (encodes && !codec.encoderIsPinned()) {
            throw new IllegalArgumentException("format: the published quantiser of " + problem.format()
                    + " is a search, so only dequantize can be checked");
        }
        String source =
                encodes ? "codes and scales of " + problem.format() : "fp32 values rounded to " + problem.plain();
        return exactly(source + ", by the format's codec");
    }

    static Tolerance elementwise(
            Accumulator sums, long terms, double perTerm, double relative, DType output, String source) {
        double floor = Math.max(SMALLEST_NORMAL, FloatCodec.smallestPositive(output) / 2.0);
        return new Tolerance(
                Kind.ELEMENTWISE,
                sums.growth(terms),
                perTerm,
                relative + output.unitRoundoff(),
                floor,
                sums.patterned(),
                source + (sums.patterned() ? " for terms in any pattern" : "") + ", result rounded to " + output
                        + " (Higham and Mary 2019)");
    }

    /** Allowed distance from {@code reference} by the certain bound alone. */
    public double allowed(double reference, double absSum) {
        return allowed(reference, absSum, Double.POSITIVE_INFINITY);
    }

    /**
     * Allowed distance from {@code reference}.
     *
     * @param absSum S: sum of |a||b| of a product, of p|v| of attention
     * @param rootSumSquares R: root of the sum of squares of the same terms
     */
    public double allowed(double reference, double absSum, double rootSumSquares) {
        if (kind == Kind.BIT_EXACT) {
            return 0;
        }
        double magnitude = Math.abs(reference);
        return value * Math.min(absSum, magnitude + WALK * rootSumSquares)
                + perTerm * Math.min(absSum, INDEPENDENT * rootSumSquares)
                + relative * magnitude
                + floor;
    }
}
