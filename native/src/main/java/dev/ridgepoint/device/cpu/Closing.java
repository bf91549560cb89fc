package dev.ridgepoint.device.cpu;

import dev.ridgepoint.device.DeviceException;

/** Closes what declares a checked exception that it does not throw. */
final class Closing {
    private Closing() {}

    static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DeviceException("could not give back " + resource, e);
        }
    }
}
