package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import dev.ridgepoint.device.cuda.driver.VendorLibrary;
import dev.ridgepoint.device.library.BundledLibrary;
import java.util.LinkedHashMap;
import java.util.Map;

/** The driver through our own C++, which opens it while we run. */
public final class JniDriver implements Driver {
    private final BundledLibrary library;

    private JniDriver(BundledLibrary library) {
        this.library = library;
    }

    /**
     * Opens the driver and initialises it.
     *
     * @param path the driver's library, by name or path
     * @throws DeviceException in one line, if our library was not built or the driver cannot be opened
     */
    public static JniDriver open(String path) {
        BundledLibrary library = JniLibrary.load()
                .orElseThrow(() -> new DeviceException("the jni backend was left out of this build, which had no g++"
                        + " or no cmake: install them and build again, or use --backend jcuda"));
        String failure = NativeCuda.open_driver(path);
        if (failure != null) {
            throw new DeviceException("no CUDA driver: " + failure + "; install NVIDIA's driver, or use --backend cpu");
        }
        Calls.check("cuInit", NativeCuda.initialize());
        return new JniDriver(library);
    }

    @Override
    public String binding() {
        return "jni";
    }

    @Override
    public Map<String, String> stack() {
        Map<String, String> stack = new LinkedHashMap<>();
        stack.put("jni library", library.buildId());
        stack.put("jni library flags", NativeCuda.build_flags());
        String missing = NativeCuda.missing_driver_functions();
        if (!missing.isEmpty()) {
            stack.put("functions the driver lacks", missing);
        }
        return stack;
    }

    @Override
    public int version() {
        return (int) Calls.value("cuDriverGetVersion", NativeCuda::driver_version);
    }

    @Override
    public int deviceCount() {
        return (int) Calls.value("cuDeviceGetCount", NativeCuda::device_count);
    }

    @Override
    public DriverDevice device(int index) {
        return new JniDevice(index, (int) Calls.value("cuDeviceGet", out -> NativeCuda.device_get(index, out)));
    }

    /** cublasLt, which says more, or cuBLAS where only that is found. */
    @Override
    public VendorLibrary openVendorLibrary() {
        try {
            return CublasLt.open();
        } catch (DeviceException noLt) {
            try {
                return Cublas.open();
            } catch (DeviceException neither) {
                throw new DeviceException(
                        "neither cublasLt nor cuBLAS is found: install the CUDA toolkit's cuBLAS, version 13 or 12",
                        noLt);
            }
        }
    }
}
