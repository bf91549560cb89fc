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
                : new BundleException("cannot " + doing + ": " + reasonOf(doing, cause), cause);
    }

    /** Content that is not what was expected of a file, with its address. */
    public static BundleException malformed(String file, JsonFormatException cause) {
        String at = cause.pointer().isEmpty() ? file : file + " " + cause.pointer();
        return new BundleException(at + ": " + cause.getMessage(), cause);
    }

    private static String reasonOf(String doing, IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException missing) {
            String name = missing.getFile() == null ? "" : missing.getFile();
            // Of a folder that is there, which of its files is not.
            return doing.endsWith(name)
                    ? "there is no such file"
                    : "there is no such file as " + name.substring(name.lastIndexOf('/') + 1);
        }
        if (cause instanceof NotDirectoryException) {
            return "not a folder";
        }
        boolean bare = cause instanceof FileSystemException named && named.getReason() != null;
        String message = bare ? ((FileSystemException) cause).getReason() : cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
