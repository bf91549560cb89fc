package dev.ridgepoint.device.cpu.lib;

import dev.ridgepoint.device.cpu.Step;
import dev.ridgepoint.device.cpu.onednn.Execution;
import dev.ridgepoint.device.cpu.onednn.OneDnn;
import dev.ridgepoint.kernels.precision.DType;
import java.util.List;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.Loader;

/** A piece of work prepared in C++: running it is one call that allocates nothing. */
public final class NativeTask implements Step {
    private long task;

    private NativeTask(LongSupplier maker) {
        NativeLibrary.load();
        this.task = maker.getAsLong();
    }

    /** Quantises x, a [rows, cols] matrix of a plain type. */
    public static NativeTask quantize(String format, DType plain, long rows, long cols, long x, QuantisedAt to) {
        return new NativeTask(() -> NativeCpu.quantize(
                format, plain.id(), rows, cols, x, to.codes(), to.scales(), to.zeros(), to.tensorScale()));
    }

    /** Dequantises rows [from, to) of a [rows, cols] matrix to y, where row {@code from} comes first. */
    public static NativeTask dequantize(
            String format, DType plain, long rows, long cols, long from, long to, QuantisedAt in, long y) {
        return new NativeTask(() -> NativeCpu.dequantize(
                format, plain.id(), rows, cols, from, to, in.codes(), in.scales(), in.zeros(), in.tensorScale(), y));
    }

    /** Converts {@code count} elements between fp32 and a 16-bit type. */
    public static NativeTask convert(DType fromType, DType toType, long count, long from, long to) {
        return new NativeTask(() -> NativeCpu.convert(fromType.id(), toType.id(), count, from, to));
    }

    /** Attention over a cache as {@code args} describe it; {@code args} may be closed afterwards. */
    public static NativeTask attention(DType query, DType cache, DType output, String mask, AttentionArgs args) {
        return new NativeTask(() -> NativeCpu.attention(query.id(), cache.id(), output.id(), mask, args));
    }

    /**
     * Turns a checkpoint's int4 to [k, n] nibbles and [k / 128, n] zero points of a byte each, as oneDNN reads them; where the format
     * is symmetric, to nibbles in two's complement and no zero points.
     */
    public static NativeTask repackInt4(
            String format, long n, long k, QuantisedAt weight, long plainCodes, long plainZeros) {
        return new NativeTask(
                () -> NativeCpu.repack_int4(format, n, k, weight.codes(), weight.zeros(), plainCodes, plainZeros));
    }

    /** c[m, n] = a[m, k] * b[n, k]^T in bf16, both int8 under one scale each. */
    public static NativeTask gemmInt8(long m, long n, long k, QuantisedAt a, QuantisedAt b, long c) {
        return new NativeTask(() -> NativeCpu.gemm_int8(m, n, k, a.codes(), a.scales(), b.codes(), b.scales(), c));
    }

    /** Primitives run one after the other from C++, as an application would; they must outlive the task. */
    public static NativeTask ofPrimitives(OneDnn library, List<Execution> executions) {
        long execute = Loader.addressof("dnnl_primitive_execute").address();
        return new NativeTask(() -> NativeCpu.sequence(
                executions.stream()
                        .mapToLong(e -> NativeCpu.primitive(
                                execute,
                                e.primitiveAddress(),
                                library.streamAddress(),
                                e.argumentCount(),
                                e.argumentsAddress()))
                        .toArray(),
                executions.size()));
    }

    /** Reads and writes so many bytes and does nothing else: what memory can do with that mix. */
    public static NativeTask copyMix(long from, long read, long to, long written) {
        return new NativeTask(() -> NativeCpu.copy_mix(from, read, to, written));
    }

    /** Which copy of our kernels it is of: {@code native:v3}, say. Those without a wider form run as the next copy. */
    public String implementation() {
        return "native:" + NativeCpu.instruction_set_of(task);
    }

    @Override
    public void run() {
        NativeCpu.run(task);
    }

    /** Runs so many times from C++ and returns the nanoseconds all of it took. */
    public long timeRuns(long times) {
        return NativeCpu.time_runs(task, times);
    }

    @Override
    public void close() {
        if (task != 0) {
            NativeCpu.destroy(task);
            task = 0;
        }
    }
}
