package dev.ridgepoint.device.cuda.driver;

/** A mark in a stream with the device's time. */
public interface DriverEvent extends AutoCloseable {
    /** Marks where the stream is now. */
    void record(DriverStream stream);

    void synchronize();

    /** Milliseconds of device time since an earlier mark; both have been reached. */
    float millisSince(DriverEvent earlier);

    @Override
    void close();
}
