package dev.ridgepoint.kernels.cuda.cubin;

/** Bytes that are not what they should be; the message says where. */
public final class CubinFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    CubinFormatException(String message) {
        super(message);
    }
}
