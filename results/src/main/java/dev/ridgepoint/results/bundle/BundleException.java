package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.json.JsonFormatException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** A bundle that cannot be written or read; the message is one line for the user. */
public final class BundleException extends IOException {
    private static final long serialVersionUID = 1;

    public BundleException(String message) {
        super(message);
    }

    private BundleException(String message, Throwable cause) {
        super(message, cause);
    }

    /** {@code doing} failed: "cannot write result.json: No space left on device". */
    static BundleException cannot(String doing, IOException cause) {
        return cause instanceof BundleException already
                ? already
                : new BundleException("cannot " + doing + ": " + reasonOf(cause), cause);
    }

    /** Content that is not what a bundle holds, with its address. */
    static BundleException malformed(String file, JsonFormatException cause) {
        String at = cause.pointer().isEmpty() ? file : file + " " + cause.pointer();
        return new BundleException(at + ": " + cause.getMessage(), cause);
    }

    private static String reasonOf(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (cause instanceof NotDirectoryException) {
            return "not a folder";
        }
        boolean bare = cause instanceof FileSystemException named && named.getReason() != null;
        String message = bare ? ((FileSystemException) cause).getReason() : cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
