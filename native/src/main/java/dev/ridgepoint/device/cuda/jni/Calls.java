package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.cuda.driver.CudaErrors;
import java.util.function.ToIntFunction;

/** Results of native calls as exceptions. */
final class Calls {
    private Calls() {}

    /** Throws unless a call succeeded. */
    static void check(String call, int result) {
        if (result != CudaErrors.SUCCESS) {
            fail(call, result, "");
        }
    }

    /** The number a call writes. */
    static long value(String call, ToIntFunction<long[]> function) {
        long[] out = new long[1];
        check(call, function.applyAsInt(out));
        return out[0];
    }

    static void fail(String call, int result, String detail) {
        throw CudaErrors.of(call, result, NativeCuda.error_name(result), NativeCuda.error_text(result), detail);
    }
}
