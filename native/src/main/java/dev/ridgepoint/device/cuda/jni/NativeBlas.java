package dev.ridgepoint.device.cuda.jni;

import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Namespace;
import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;

/** {@code ridgepoint_blas.h}, function by function. */
@Platform(include = "ridgepoint_blas.h", library = "ridgepointcuda")
@Namespace("ridgepoint::cuda")
@NoException
final class NativeBlas {
    private NativeBlas() {}

    static native String open_blas(String names);

    static native String blas_library();

    static native long blas_version();

    static native int product_prepare(
            @Cast("const int64_t*") long[] shape,
            @Cast("const int*") int[] types,
            @Cast("const int64_t*") long[] addresses,
            long mostWorkspace,
            @Cast("int64_t*") long[] product);

    static native long product_workspace(@Cast("const ridgepoint::cuda::Product*") long product);

    static native void product_use_workspace(@Cast("ridgepoint::cuda::Product*") long product, long address);

    static native String product_algorithm(@Cast("const ridgepoint::cuda::Product*") long product);

    static native int product_run(@Cast("const ridgepoint::cuda::Product*") long product, long stream);

    static native void product_destroy(@Cast("ridgepoint::cuda::Product*") long product);

    static native String open_cublas(String names);

    static native String cublas_library();

    static native long cublas_version();

    static native int cublas_use(long stream, long workspace, long workspaceBytes);

    static native int cublas_product(
            @Cast("const int64_t*") long[] shape,
            @Cast("const int*") int[] types,
            @Cast("const int64_t*") long[] addresses);
}
