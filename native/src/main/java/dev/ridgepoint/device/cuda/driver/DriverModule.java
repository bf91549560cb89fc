package dev.ridgepoint.device.cuda.driver;

/** A loaded module. */
public interface DriverModule extends AutoCloseable {
    /** The kernel of that symbol. */
    DriverFunction function(String symbol);

    @Override
    void close();
}
