package dev.ridgepoint.benchmarks.cli;

import java.io.IOException;
import java.nio.file.Files;
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
            throw UserError.refused("cannot write " + file + ": " + IoErrors.explain(failed));
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
