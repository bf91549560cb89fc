package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.jni.JniDriver;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import java.util.List;
import java.util.Map;

/**
 * Opens the emulated driver as if it were a GPU's, past every guard that keeps its times out of bundles. For tests of
 * what times launches, and of what must refuse such times all the same.
 */
public final class Unguarded {
    private Unguarded() {}

    public static CudaDevice open() {
        String path = DriverLibrary.asked("emulated", null).path();
        Driver driver = JniDriver.open(path);
        return new CudaDevice(
                new DriverLibrary(false, path), driver, driver.device(0), Map.of(), CudaKernels.rows(), List.of());
    }
}
