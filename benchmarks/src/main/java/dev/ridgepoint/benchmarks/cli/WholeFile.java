package dev.ridgepoint.benchmarks.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that a command writes beside its answer: whole, or as it was before. */
final class WholeFile {
    private WholeFile() {}

    /** What writes it. */
    interface Content {
        void write(Path unfinished) throws IOException;
    }

    /** @throws UserError that names the file, where it cannot be written */
    static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        Path unfinished = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            content.write(unfinished);
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            if (Files.exists(unfinished)) {
                Files.delete(unfinished);
            }
            throw UserError.refused("cannot write " + file + ": " + reason(failed));
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
                : IoErrors.explain(failed);
    }
}
