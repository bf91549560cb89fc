package dev.ridgepoint.device.cuda.driver;

/** Recorded work. */
public interface DriverGraph extends AutoCloseable {
    /** Starts all of it on a stream. */
    void launch(DriverStream stream);

    @Override
    void close();
}
