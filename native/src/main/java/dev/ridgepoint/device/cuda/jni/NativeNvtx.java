package dev.ridgepoint.device.cuda.jni;

import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Namespace;
import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;

/** {@code ridgepoint_nvtx.h}, function by function. */
@Platform(include = "ridgepoint_nvtx.h", library = "ridgepointcuda")
@Namespace("ridgepoint::cuda")
@NoException
final class NativeNvtx {
    private NativeNvtx() {}

    static native boolean nvtx_attach();

    @Cast("int64_t")
    static native long nvtx_start(String name);

    static native void nvtx_end(@Cast("int64_t") long range);
}
