package dev.ridgepoint.device.cuda.driver;

import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import java.util.Map;
import java.util.Optional;

/** A library of NVIDIA's that multiplies matrices: what ours are held against. */
public interface VendorLibrary {
    /** Name and version. */
    String version();

    /**
     * Prepares a product.
     *
     * @param mostWorkspace bytes of scratch it may ask for
     * @throws UnsupportedKernelException if the library has no algorithm for it
     */
    Product prepare(GemmShape shape, Precision precision, Operands at, long mostWorkspace, DriverStream stream);

    /** Why no library of NVIDIA's is asked for such a product; empty where one is. */
    static Optional<String> refusal(GemmShape shape, Precision precision) {
        try {
            Types.of("cuBLAS", shape, precision);
            return Optional.empty();
        } catch (UnsupportedKernelException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    /**
     * Where operands lie.
     *
     * @param aScale fp32 scale of a, 0 where its type needs none
     * @param bScale the same of b
     */
    record Operands(long a, long b, long c, long aScale, long bScale) {
        /** All five, in this order. */
        public long[] addresses() {
            return new long[] {a, b, c, aScale, bScale};
        }
    }

    /** A product prepared once. */
    interface Product extends AutoCloseable {
        /** Scratch it needs, given by {@link #useWorkspace} before it runs. */
        long workspaceBytes();

        void useWorkspace(long address);

        /** What runs, as far as the library tells, and with how much scratch. */
        String algorithm();

        /** Starts it. Allocates nothing. */
        void run();

        @Override
        void close();
    }

    /** Types of a and b, of c, and of the arithmetic, by the numbers both libraries use. */
    record Types(int in, int out, int compute) {
        private static final int COMPUTE_FP32 = 68;
        private static final int COMPUTE_TF32 = 77;
        private static final Map<DType, Integer> NUMBERS = Map.of(
                DType.FP32, 0, DType.TF32, 0, DType.FP16, 2, DType.BF16, 14, DType.FP8_E4M3, 28, DType.FP8_E5M2, 29);

        /** @throws UnsupportedKernelException if the libraries are not asked for such a product */
        public static Types of(String library, GemmShape shape, Precision precision) {
            Integer in = NUMBERS.get(precision.activation());
            Integer out = NUMBERS.get(precision.output());
            boolean plain = precision.weight() == precision.activation() && scaledAsAWhole(precision.weightFormat());
            if (in == null || out == null || !plain || shape.many() != null) {
                throw new UnsupportedKernelException(library + " is not asked for " + precision
                        + (shape.many() == null ? "" : " of a mixture of experts or a batch"));
            }
            if (shape.epilogue() != Epilogue.NONE) {
                throw new UnsupportedKernelException(library + " is not asked for the epilogue " + shape.epilogue());
            }
            return new Types(in, out, precision.compute() == DType.TF32 ? COMPUTE_TF32 : COMPUTE_FP32);
        }

        /** The libraries are given one scale for all of an operand; blocks under scales of their own are another product. */
        private static boolean scaledAsAWhole(QuantFormat format) {
            return format == null || format.granularity().equals(Granularity.PER_TENSOR);
        }

        /** All three, in this order. */
        public int[] numbers() {
            return new int[] {in, out, compute};
        }
    }
}
