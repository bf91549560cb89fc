package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cuda.driver.CublasProduct;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import dev.ridgepoint.device.cuda.driver.VendorLibrary;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;

/** cuBLAS, as applications call it: it chooses an algorithm anew at each call and does not say which. */
public final class Cublas implements VendorLibrary {
    private static final String LIBRARIES = "libcublas.so.13 libcublas.so.12";

    private Cublas() {}

    /**
     * Opens the library once a process; a context must be current.
     *
     * @throws DeviceException in one line, if none is there
     */
    public static Cublas open() {
        return open(LIBRARIES);
    }

    /** The same by other names, separated by spaces. */
    public static Cublas open(String libraries) {
        if (JniLibrary.load().isEmpty()) {
            throw new DeviceException("cuBLAS needs our C++ library, which this build has not");
        }
        String failure = NativeBlas.open_cublas(libraries);
        if (failure != null) {
            throw new DeviceException("no cuBLAS: " + failure);
        }
        return new Cublas();
    }

    @Override
    public String version() {
        return NativeBlas.cublas_library() + " " + NativeBlas.cublas_version();
    }

    @Override
    public VendorLibrary.Product prepare(
            GemmShape shape, Precision precision, Operands at, long mostWorkspace, DriverStream stream) {
        CublasProduct product = CublasProduct.of(shape, precision, at);
        if (!(stream instanceof JniStream ours)) {
            throw new UnsupportedKernelException("cuBLAS runs on streams of the jni backend");
        }
        return new Product(
                version(),
                ours.handle(),
                new long[] {product.m(), product.n(), product.k()},
                product.types().numbers(),
                at.addresses(),
                mostWorkspace);
    }

    /** A product of arguments put together once. */
    private record Product(
            String library, long stream, long[] shape, int[] types, long[] addresses, long workspaceBytes)
            implements VendorLibrary.Product {
        @Override
        public void useWorkspace(long address) {
            check("cublasSetWorkspace", NativeBlas.cublas_use(stream, address, workspaceBytes));
        }

        @Override
        public String algorithm() {
            return CublasProduct.algorithm(library, workspaceBytes);
        }

        @Override
        public void run() {
            check("cublasGemmEx", NativeBlas.cublas_product(shape, types, addresses));
        }

        private static void check(String call, int status) {
            if (status != 0) {
                throw new DeviceException(call + " failed with status " + status);
            }
        }

        @Override
        public void close() {
            // The handle is the process's.
        }
    }
}
