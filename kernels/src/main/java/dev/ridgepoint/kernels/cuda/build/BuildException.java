package dev.ridgepoint.kernels.cuda.build;

/** Kernels that cannot be built; the message is what the build prints. */
final class BuildException extends Exception {
    private static final long serialVersionUID = 1;

    BuildException(String message) {
        super(message);
    }
}
