package dev.ridgepoint.device.cuda.driver;

/** A device before anything runs on it. */
public interface DriverDevice {
    int index();

    String name();

    /** {@code GPU-} and 32 hexadecimal digits in groups, as NVIDIA's tools print it. */
    String uuid();

    int attribute(DeviceAttribute attribute);

    long memoryBytes();

    /** Retains the device's primary context and makes it current. */
    DriverContext open();
}
