package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import java.util.Map;

/** NVIDIA's own matrix product, which ours are held against. It says which algorithm it took and with how much memory. */
public final class CublasLt {
    /** The newest first: a box has the one its toolkit or its driver brought. */
    private static final String LIBRARIES = "libcublasLt.so.13 libcublasLt.so.12";

    private static final int COMPUTE_FP32 = 68;
    private static final int COMPUTE_TF32 = 77;

    /** Types by the library's numbers. */
    private static final Map<DType, Integer> TYPES =
            Map.of(DType.FP32, 0, DType.TF32, 0, DType.FP16, 2, DType.BF16, 14, DType.FP8_E4M3, 28, DType.FP8_E5M2, 29);

    private CublasLt() {}

    /**
     * Opens the library once a process; a context must be current.
     *
     * @throws DeviceException in one line, if none is there
     */
    public static CublasLt open() {
        return open(LIBRARIES);
    }

    /** The same by other names, separated by spaces. */
    public static CublasLt open(String libraries) {
        if (JniLibrary.load().isEmpty()) {
            throw new DeviceException("cublasLt needs our C++ library, which this build has not");
        }
        String failure = NativeBlas.open_blas(libraries);
        if (failure != null) {
            throw new DeviceException("no cublasLt: " + failure);
        }
        return new CublasLt();
    }

    /** Name and version of the library. */
    public String version() {
        return NativeBlas.blas_library() + " " + NativeBlas.blas_version();
    }

    /**
     * Where operands lie.
     *
     * @param aScale fp32 scale of a, 0 where its type needs none
     * @param bScale the same of b
     */
    public record Operands(long a, long b, long c, long aScale, long bScale) {}

    /**
     * Prepares a product.
     *
     * @param mostWorkspace bytes of scratch it may ask for
     * @throws UnsupportedKernelException if the library has no algorithm for it
     */
    public Product prepare(GemmShape shape, Precision precision, Operands at, long mostWorkspace, DriverStream stream) {
        Integer in = TYPES.get(precision.activation());
        Integer out = TYPES.get(precision.output());
        if (in == null || out == null || precision.weight() != precision.activation() || shape.moe() != null) {
            throw new UnsupportedKernelException(
                    "cublasLt is not asked for " + precision + (shape.moe() == null ? "" : " of a mixture of experts"));
        }
        if (!(stream instanceof JniStream ours)) {
            throw new UnsupportedKernelException("cublasLt runs on streams of the jni backend");
        }
        int compute = precision.compute() == DType.TF32 ? COMPUTE_TF32 : COMPUTE_FP32;
        long[] product = new long[1];
        int status = NativeBlas.product_prepare(
                new long[] {shape.m(), shape.n(), shape.k()},
                new int[] {in, out, compute},
                new long[] {at.a(), at.b(), at.c(), at.aScale(), at.bScale()},
                mostWorkspace,
                product);
        if (status != 0) {
            throw new UnsupportedKernelException(
                    "cublasLt has no algorithm for " + shape.id() + " in " + precision + " (status " + status + ")");
        }
        return new Product(product[0], ours);
    }

    /** A product prepared once. */
    public static final class Product implements AutoCloseable {
        private final JniStream stream;
        private long product;

        private Product(long product, JniStream stream) {
            this.product = product;
            this.stream = stream;
        }

        /** Scratch it needs, given by {@link #useWorkspace} before it runs. */
        public long workspaceBytes() {
            return NativeBlas.product_workspace(product);
        }

        public void useWorkspace(long address) {
            NativeBlas.product_use_workspace(product, address);
        }

        /** Library, version, algorithm, tile, split, stages and workspace. */
        public String algorithm() {
            return NativeBlas.product_algorithm(product);
        }

        /** Starts it. Allocates nothing. */
        public void run() {
            int status = NativeBlas.product_run(product, stream.handle());
            if (status != 0) {
                throw new DeviceException("cublasLtMatmul failed with status " + status);
            }
        }

        @Override
        public void close() {
            if (product != 0) {
                NativeBlas.product_destroy(product);
                product = 0;
            }
        }
    }
}
