package dev.ridgepoint.analysis.report;

import dev.ridgepoint.results.bundle.BundleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A text as a file: whole, or as it was before. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes the text in UTF-8 over the file that is there; the folder must be.
     *
     * @throws BundleException in one line that names the file
     */
    public static void write(Path file, String text) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new BundleException("it is a folder");
            } else if (Files.exists(file) && !Files.isRegularFile(file)) {
                // A pipe or /dev/stdout: a file in its place would not be what was asked for.
                Files.writeString(file, text, StandardCharsets.UTF_8);
            } else {
                // Of a link that which it points to: the link stays.
                replace(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(), text);
            }
        } catch (IOException failed) {
            throw new BundleException("cannot write " + file + ": " + reason(failed));
        }
    }

    private static void replace(Path target, String text) throws IOException {
        Path unfinished = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            Files.writeString(unfinished, text, StandardCharsets.UTF_8);
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            if (Files.exists(unfinished)) {
                Files.delete(unfinished);
            }
            throw failed;
        }
    }

    /** Without the name of the unfinished file, which nobody knows. */
    private static String reason(IOException failed) {
        if (failed instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (failed instanceof AccessDeniedException) {
            return "permission denied";
        }
        return failed instanceof FileSystemException named && named.getReason() != null
                ? named.getReason()
                : failed.getMessage();
    }
}
