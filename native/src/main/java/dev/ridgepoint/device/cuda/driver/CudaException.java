package dev.ridgepoint.device.cuda.driver;

import dev.ridgepoint.device.DeviceException;

/** A call of the CUDA driver failed; the message holds call, name, number and the driver's own words. */
public class CudaException extends DeviceException {
    private static final long serialVersionUID = 1;

    private final int result;
    private final String resultName;

    CudaException(int result, String resultName, String message) {
        super(message);
        this.result = result;
        this.resultName = resultName;
    }

    /** The driver's result, a {@code CUresult}. */
    public int result() {
        return result;
    }

    /** {@code CUDA_ERROR_OUT_OF_MEMORY}. */
    public String resultName() {
        return resultName;
    }
}
