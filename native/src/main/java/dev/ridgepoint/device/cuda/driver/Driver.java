package dev.ridgepoint.device.cuda.driver;

import java.util.Map;

/** A binding to the CUDA driver of this process, initialised. */
public interface Driver {
    /** {@code jcuda} or {@code jni}. */
    String binding();

    /** What a result must record of the binding: its version or build. */
    Map<String, String> stack();

    /** The newest CUDA version the driver serves: 13000 is 13.0. */
    int version();

    int deviceCount();

    /** The device of that index, in the driver's order. */
    DriverDevice device(int index);

    /**
     * Opens NVIDIA's matrix products through this binding; a context must be current.
     *
     * @throws dev.ridgepoint.device.DeviceException in one line, if no library of them is there
     */
    VendorLibrary openVendorLibrary();
}
