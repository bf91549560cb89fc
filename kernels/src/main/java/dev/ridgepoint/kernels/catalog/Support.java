package dev.ridgepoint.kernels.catalog;

/** A kernel's answer to "can you do this problem on that device?": never false without a reason. */
public sealed interface Support {
    /** How the hardware runs the precision. */
    enum Precision {
        /** The multiplier takes the type as it is. */
        NATIVE,
        /** Elements are converted to a wider type first; the saving is in bytes alone. */
        UPCONVERTED
    }

    /** It can. */
    record Supported(Precision how) implements Support {}

    /** It cannot; the reason is recorded as a skip. */
    record Unsupported(String reason) implements Support {}

    static Support natively() {
        return new Supported(Precision.NATIVE);
    }

    static Support upconverted() {
        return new Supported(Precision.UPCONVERTED);
    }

    static Support unsupported(String reason) {
        return new Unsupported(reason);
    }
}
