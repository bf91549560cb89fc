package dev.ridgepoint.device.cpu;

/** One call of a launch: it allocates nothing and has finished when it returns. */
public interface Step extends AutoCloseable {
    void run();

    @Override
    default void close() {}
}
