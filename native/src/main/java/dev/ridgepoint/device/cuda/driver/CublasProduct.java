package dev.ridgepoint.device.cuda.driver;

import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;

/**
 * What a binding tells cublasGemmEx of c[m, n] = a[m, k] b[n, k]^T, all row-major. cuBLAS thinks in columns: it gets b,
 * transposed, and then a.
 */
public record CublasProduct(int m, int n, int k, VendorLibrary.Types types, VendorLibrary.Operands at) {
    /** @throws UnsupportedKernelException if cuBLAS has no such product, or is not asked for it */
    public static CublasProduct of(GemmShape shape, Precision precision, VendorLibrary.Operands at) {
        VendorLibrary.Types types = VendorLibrary.Types.of("cuBLAS", shape, precision);
        if (at.aScale() != 0 || at.bScale() != 0) {
            throw new UnsupportedKernelException("cuBLAS takes no scales; cublasLt does");
        }
        if (Math.max(shape.m(), Math.max(shape.n(), shape.k())) > Integer.MAX_VALUE) {
            throw new UnsupportedKernelException("cuBLAS counts in 32 bits, and " + shape.id() + " is larger");
        }
        return new CublasProduct((int) shape.m(), (int) shape.n(), (int) shape.k(), types, at);
    }

    /** What can be said of the algorithm: cuBLAS chooses at each call, and does not say which. */
    public static String algorithm(String version, long workspaceBytes) {
        return version + ": an algorithm of its own choice, workspace " + workspaceBytes + " bytes";
    }
}
