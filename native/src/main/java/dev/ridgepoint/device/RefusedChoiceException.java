package dev.ridgepoint.device;

/** What was asked for is refused: an unknown device, a busy one, a driver beside another. The message says what to do. */
public final class RefusedChoiceException extends DeviceException {
    private static final long serialVersionUID = 1;

    public RefusedChoiceException(String message) {
        super(message);
    }
}
