package dev.ridgepoint.benchmarks.cli;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words what the file system said in class names. */
final class IoErrors {
    private IoErrors() {}

    static String explain(Exception error) {
        Throwable cause = error.getCause() != null && error instanceof UncheckedIOException ? error.getCause() : error;
        if (cause instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file";
        }
        if (cause instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied; name another place";
        }
        if (cause instanceof FileAlreadyExistsException file) {
            return file.getFile() + ": in the way, being there already; name another place";
        }
        if (cause instanceof NotDirectoryException file) {
            return file.getFile() + ": not a folder";
        }
        if (cause instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getFile() + ": " + failed.getReason();
        }
        if (cause instanceof FileNotFoundException) {
            return cause.getMessage();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
