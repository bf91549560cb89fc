package dev.ridgepoint.device;

/** A device or its library failed; the message says what and what to do. */
public class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DeviceException(String message) {
        super(message);
    }

    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether the device answers nothing any more in this process. */
    public boolean deviceLost() {
        return false;
    }
}
