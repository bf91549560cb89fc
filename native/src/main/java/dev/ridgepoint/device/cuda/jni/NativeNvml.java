package dev.ridgepoint.device.cuda.jni;

import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Namespace;
import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;

/** {@code ridgepoint_nvml.h}, function by function. */
@Platform(include = "ridgepoint_nvml.h", library = "ridgepointcuda")
@Namespace("ridgepoint::cuda")
@NoException
final class NativeNvml {
    private NativeNvml() {}

    static native String open_nvml(String path);

    static native String missing_nvml_functions();

    static native String nvml_error(int result);

    static native String nvml_driver_version();

    static native int nvml_device(String uuid, @Cast("int64_t*") long[] device);

    @Cast("int64_t")
    static native long nvml_held_by_power(long device);

    static native void nvml_counts(long device, int first, @Cast("int64_t*") long[] counts);

    static native void nvml_sample(long device, int slowdowns, @Cast("int64_t*") long sample);

    static native void nvml_state(long device, @Cast("int64_t*") long[] state);

    static native void nvml_moment(long device, @Cast("int64_t*") long[] moment);

    static native String nvml_vbios(long device);

    static native int nvml_processes(long device, int[] pids, int capacity, int[] count);
}
