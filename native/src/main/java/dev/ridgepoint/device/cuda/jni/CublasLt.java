package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import dev.ridgepoint.device.cuda.driver.VendorLibrary;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;

/** cublasLt: says which algorithm it took, and with how much memory. */
public final class CublasLt implements VendorLibrary {
    /** The newest first: a box has the one its toolkit or its driver brought. */
    private static final String LIBRARIES = "libcublasLt.so.13 libcublasLt.so.12";

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

    @Override
    public String version() {
        return NativeBlas.blas_library() + " " + NativeBlas.blas_version();
    }

    @Override
    public VendorLibrary.Product prepare(
            GemmShape shape, Precision precision, Operands at, long mostWorkspace, DriverStream stream) {
        Types types = Types.of("cublasLt", shape, precision);
        if (!(stream instanceof JniStream ours)) {
            throw new UnsupportedKernelException("cublasLt runs on streams of the jni backend");
        }
        long[] product = new long[1];
        int status = NativeBlas.product_prepare(
                new long[] {shape.m(), shape.n(), shape.k()}, types.numbers(), at.addresses(), mostWorkspace, product);
        if (status != 0) {
            throw new UnsupportedKernelException(
                    "cublasLt has no algorithm for " + shape.id() + " in " + precision + " (status " + status + ")");
        }
        return new Product(product[0], ours);
    }

    private static final class Product implements VendorLibrary.Product {
        private final JniStream stream;
        private long product;

        private Product(long product, JniStream stream) {
            this.product = product;
            this.stream = stream;
        }

        @Override
        public long workspaceBytes() {
            return NativeBlas.product_workspace(product);
        }

        @Override
        public void useWorkspace(long address) {
            NativeBlas.product_use_workspace(product, address);
        }

        @Override
        public String algorithm() {
            return NativeBlas.product_algorithm(product);
        }

        @Override
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
