package dev.ridgepoint.device.cuda.driver;

/** A launch put together once. */
public interface DriverLaunch extends AutoCloseable {
    /** Starts the kernel. */
    void launch();

    @Override
    default void close() {}
}
