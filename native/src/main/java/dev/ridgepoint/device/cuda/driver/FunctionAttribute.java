package dev.ridgepoint.device.cuda.driver;

/** What we ask of a loaded kernel, by the driver's numbers. */
public enum FunctionAttribute {
    SHARED_BYTES(1),
    LOCAL_BYTES(3),
    REGISTERS(4),
    /** Architecture of the code that was chosen or compiled, 90 for 9.0. */
    BINARY_VERSION(6),
    /** Dynamic shared memory a launch may ask for; beyond 48 KiB it must be raised first. */
    MAX_DYNAMIC_SHARED_BYTES(8);

    private final int number;

    FunctionAttribute(int number) {
        this.number = number;
    }

    /** The driver's {@code CUfunction_attribute}. */
    public int number() {
        return number;
    }
}
