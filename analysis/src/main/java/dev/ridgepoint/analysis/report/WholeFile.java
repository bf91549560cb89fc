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
     * Writes the text in UTF-8 over whatever is there; the folder must be.
     *
     * @throws BundleException in one line that names the file
     */
    public static void write(Path file, String text) throws IOException {
        Path target = file.toAbsolutePath();
        Path unfinished = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            Files.writeString(unfinished, text, StandardCharsets.UTF_8);
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            if (Files.exists(unfinished)) {
                Files.delete(unfinished);
            }
            throw new BundleException("cannot write " + file + ": " + reason(failed));
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
