package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import dev.ridgepoint.device.cuda.driver.VendorLibrary;
import java.nio.file.Path;
import java.util.Map;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;

/** The driver through JCuda, whose library the dynamic linker ties to {@code libcuda.so.1} when it is first used. */
public final class JcudaDriver implements Driver {
    private JcudaDriver() {}

    /**
     * Opens the driver and initialises it.
     *
     * @param path the driver's library; where it is a file it is loaded first, and its SONAME satisfies JCuda's
     * @throws DeviceException in one line, if the driver cannot be opened
     */
    public static JcudaDriver open(String path) {
        try {
            if (Path.of(path).isAbsolute()) {
                System.load(path);
            }
            JcudaLibraries.load(JCudaDriver.class);
            // JCuda would throw exceptions of its own, which know no more than a number.
            JCudaDriver.setExceptionsEnabled(false);
            JcudaCalls.check("cuInit", JCudaDriver.cuInit(0));
            return new JcudaDriver();
        } catch (UnsatisfiedLinkError e) {
            throw new DeviceException(
                    "no CUDA driver: " + e.getMessage() + "; install NVIDIA's driver, or use --backend cpu", e);
        }
    }

    @Override
    public String binding() {
        return "jcuda";
    }

    @Override
    public Map<String, String> stack() {
        return Map.of("JCuda", JcudaLibraries.VERSION);
    }

    @Override
    public int version() {
        int[] version = new int[1];
        JcudaCalls.check("cuDriverGetVersion", JCudaDriver.cuDriverGetVersion(version));
        return version[0];
    }

    @Override
    public int deviceCount() {
        int[] count = new int[1];
        JcudaCalls.check("cuDeviceGetCount", JCudaDriver.cuDeviceGetCount(count));
        return count[0];
    }

    @Override
    public DriverDevice device(int index) {
        CUdevice device = new CUdevice();
        JcudaCalls.check("cuDeviceGet", JCudaDriver.cuDeviceGet(device, index));
        return new JcudaDevice(index, device);
    }

    @Override
    public VendorLibrary openVendorLibrary() {
        return Jcublas.open();
    }
}
