package dev.ridgepoint.device;

/** A kernel that could not be prepared for this problem on this device; the message is the skip's reason. */
public class UnsupportedKernelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnsupportedKernelException(String reason) {
        super(reason);
    }
}
