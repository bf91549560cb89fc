package dev.ridgepoint.device.cuda.driver;

/** Work in order. */
public interface DriverStream extends AutoCloseable {
    /** Waits for everything in it; failures of kernels arrive here. */
    void synchronize();

    /** From now on work is recorded and not run. */
    void beginCapture();

    /** Ends the recording, and makes what was recorded ready to launch. */
    DriverGraph endCapture();

    @Override
    void close();
}
