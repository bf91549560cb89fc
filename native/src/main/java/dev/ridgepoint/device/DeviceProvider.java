package dev.ridgepoint.device;

/** Opens the devices of one backend; found as a service, so a new backend is a new provider and nothing else. */
public interface DeviceProvider {
    /** {@code cpu}, {@code jcuda} or {@code jni}. */
    String backend();

    /**
     * Opens the backend's device.
     *
     * @throws DeviceException in one line, if this machine cannot run it
     */
    Device open();
}
