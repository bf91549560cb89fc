package dev.ridgepoint.device.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.ridgepoint.device.DeviceException;

/** oneDNN's status codes in words. */
final class Status {
    private Status() {}

    static void check(int status, String what) {
        if (status != dnnl_success) {
            throw new DeviceException("oneDNN could not " + what + ": " + name(status));
        }
    }

    static String name(int status) {
        if (status == dnnl_out_of_memory) {
            return "out of memory";
        }
        if (status == dnnl_invalid_arguments) {
            return "invalid arguments";
        }
        if (status == dnnl_unimplemented) {
            return "unimplemented";
        }
        if (status == dnnl_runtime_error) {
            return "runtime error";
        }
        return "status " + status;
    }
}
