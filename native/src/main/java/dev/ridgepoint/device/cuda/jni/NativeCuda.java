package dev.ridgepoint.device.cuda.jni;

import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Namespace;
import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;

/** Our C++ as JavaCPP binds it: {@code ridgepoint_cuda.h}, function by function; handles and addresses are numbers. */
@Platform(include = "ridgepoint_cuda.h", library = "ridgepointcuda")
@Namespace("ridgepoint::cuda")
@NoException
final class NativeCuda {
    private NativeCuda() {}

    static native String open_driver(String path);

    static native String missing_driver_functions();

    static native String error_name(int result);

    static native String error_text(int result);

    static native String build_flags();

    static native int initialize();

    static native int driver_version(@Cast("int64_t*") long[] version);

    static native int device_count(@Cast("int64_t*") long[] count);

    static native int device_get(int index, @Cast("int64_t*") long[] device);

    static native String device_name(int device);

    static native String device_uuid(int device);

    static native int device_attribute(int device, int attribute, @Cast("int64_t*") long[] value);

    static native int device_memory(int device, @Cast("int64_t*") long[] bytes);

    static native int context_retain(int device, @Cast("int64_t*") long[] context);

    static native int context_release(int device);

    static native int context_set(long context);

    static native int memory_allocate(long bytes, @Cast("int64_t*") long[] address);

    static native int memory_free(long address);

    static native int copy_to_device(long to, @Cast("const void*") long from, long bytes);

    static native int copy_to_host(@Cast("void*") long to, long from, long bytes);

    static native int fill_async(long address, int value, long bytes, long stream);

    static native int module_load(@Cast("const void*") byte[] image, @Cast("int64_t*") long[] module);

    static native String jit_log();

    static native int module_unload(long module);

    static native int module_function(long module, String name, @Cast("int64_t*") long[] function);

    static native int function_get(long function, int attribute, @Cast("int64_t*") long[] value);

    static native int function_set(long function, int attribute, int value);

    static native int stream_create(@Cast("int64_t*") long[] stream);

    static native int stream_destroy(long stream);

    static native int stream_synchronize(long stream);

    static native int event_create(@Cast("int64_t*") long[] event);

    static native int event_destroy(long event);

    static native int event_record(long event, long stream);

    static native int event_synchronize(long event);

    static native int event_elapsed(long from, long to, float[] millis);

    static native int capture_begin(long stream);

    static native int capture_end(long stream, @Cast("int64_t*") long[] graph);

    static native int graph_launch(long graph, long stream);

    static native int graph_destroy(long graph);

    static native @Cast("jlong") long launch_prepare(
            long function,
            @Cast("const int*") int[] extents,
            int sharedBytes,
            @Cast("bool") boolean cooperative,
            long stream,
            long parameters);

    static native int launch(@Cast("const ridgepoint::cuda::Launch*") long launch);

    static native void launch_destroy(@Cast("ridgepoint::cuda::Launch*") long launch);

    static native long time_launches(
            @Cast("const ridgepoint::cuda::Launch*") long launch, long times, @Cast("bool") boolean synchronize);

    static native long time_graph_launches(long graph, long stream, long times);

    static native int tensor_map_encode(
            long map,
            int type,
            int rank,
            long address,
            @Cast("const int64_t*") long[] extents,
            @Cast("const int64_t*") long[] strides,
            @Cast("const int*") int[] box,
            @Cast("const int*") int[] elementStrides,
            int interleave,
            int swizzle,
            int l2Promotion,
            int outOfBounds);
}
