package dev.ridgepoint.device.cuda.driver;

/** A failure after which the context is dead: every further call fails, and only a new process goes on. */
public final class FatalCudaException extends CudaException {
    private static final long serialVersionUID = 1;

    FatalCudaException(int result, String resultName, String message) {
        super(result, resultName, message + "; the context is dead");
    }

    @Override
    public boolean deviceLost() {
        return true;
    }
}
