package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.cuda.driver.CudaErrors;
import jcuda.driver.JCudaDriver;

/** Results of JCuda's calls as our exceptions. */
final class JcudaCalls {
    private JcudaCalls() {}

    /** Throws unless a call succeeded. */
    static void check(String call, int result) {
        if (result != CudaErrors.SUCCESS) {
            fail(call, result, "");
        }
    }

    static void fail(String call, int result, String detail) {
        String[] name = {null};
        String[] text = {null};
        JCudaDriver.cuGetErrorName(result, name);
        JCudaDriver.cuGetErrorString(result, text);
        throw CudaErrors.of(
                call, result, name[0] == null ? "CUDA_ERROR" : name[0], text[0] == null ? "" : text[0], detail);
    }
}
