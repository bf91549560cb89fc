package dev.ridgepoint.device.cuda.driver;

/** A context of a device: memory, modules, streams and events live in it. */
public interface DriverContext extends AutoCloseable {
    /** Makes it the calling thread's; every call below needs that. */
    void makeCurrent();

    DriverMemory allocate(long bytes);

    /** Loads a fatbin, a cubin or PTX text that ends in a zero. */
    DriverModule load(byte[] image);

    /** A stream that does not wait for the default one. */
    DriverStream createStream();

    DriverEvent createEvent();

    @Override
    void close();
}
