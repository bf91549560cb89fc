package dev.ridgepoint.device.cpu.lib;

import org.bytedeco.javacpp.annotation.ByRef;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Const;
import org.bytedeco.javacpp.annotation.Namespace;
import org.bytedeco.javacpp.annotation.Platform;

/**
 * Our C++ library as JavaCPP binds it: {@code ridgepoint_cpu.h}, function by function. Addresses are plain numbers, so a
 * call allocates nothing; a C++ exception arrives as a RuntimeException with its message.
 */
@Platform(include = "ridgepoint_cpu.h", library = "ridgepointcpu")
@Namespace("ridgepoint")
public final class NativeCpu {
    private NativeCpu() {}

    static native String build_flags();

    static native String instruction_set();

    static native void use_instruction_set(String name);

    static native String instruction_set_of(@Cast("ridgepoint::Task*") long task);

    static native @Cast("jlong") long quantize(
            String format,
            String plain,
            long rows,
            long cols,
            @Cast("const void*") long x,
            @Cast("void*") long codes,
            @Cast("void*") long scales,
            @Cast("void*") long zeros,
            @Cast("void*") long tensorScale);

    static native @Cast("jlong") long dequantize(
            String format,
            String plain,
            long rows,
            long cols,
            long from,
            long to,
            @Cast("const void*") long codes,
            @Cast("const void*") long scales,
            @Cast("const void*") long zeros,
            @Cast("const void*") long tensorScale,
            @Cast("void*") long y);

    static native @Cast("jlong") long convert(
            String fromType, String toType, long count, @Cast("const void*") long from, @Cast("void*") long to);

    static native @Cast("jlong") long attention(
            String query, String cache, String output, String mask, @Const @ByRef AttentionArgs args);

    static native @Cast("jlong") long repack_int4(
            String format,
            long n,
            long k,
            @Cast("const void*") long codes,
            @Cast("const void*") long zeros,
            @Cast("void*") long plainCodes,
            @Cast("void*") long plainZeros);

    static native @Cast("jlong") long gemm_int8(
            long m,
            long n,
            long k,
            @Cast("const void*") long a,
            @Cast("const void*") long aScale,
            @Cast("const void*") long b,
            @Cast("const void*") long bScale,
            @Cast("void*") long c);

    static native @Cast("jlong") long primitive(
            @Cast("const void*") long execute,
            @Cast("const void*") long primitive,
            @Cast("const void*") long stream,
            int count,
            @Cast("const void*") long arguments);

    static native @Cast("jlong") long sequence(@Cast("const int64_t*") long[] tasks, int count);

    static native @Cast("jlong") long copy_mix(
            @Cast("const void*") long from, long read, @Cast("void*") long to, long written);

    static native void run(@Cast("ridgepoint::Task*") long task);

    static native long time_runs(@Cast("ridgepoint::Task*") long task, long times);

    static native void destroy(@Cast("ridgepoint::Task*") long task);

    static native void advise_huge_pages(@Cast("void*") long from, long bytes);

    static native int openmp_threads();
}
