package dev.ridgepoint.benchmarks.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files through which Linux tells about itself; tests point it at a folder of their own. */
final class HostFiles {
    private final Path root;

    HostFiles(Path root) {
        this.root = root;
    }

    /** The machine we run on. */
    static HostFiles ofThisMachine() {
        return new HostFiles(Path.of("/"));
    }

    /** The trimmed contents, or empty where the file is absent or not ours to read. */
    Optional<String> read(String path) {
        try {
            return Optional.of(Files.readString(root.resolve(path), StandardCharsets.ISO_8859_1)
                    .strip());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** The value behind {@code key:} in a file of such lines. */
    Optional<String> field(String path, String key) {
        return read(path)
                .flatMap(text -> text.lines()
                        .filter(line -> line.startsWith(key))
                        .map(line -> line.substring(key.length()).strip())
                        .filter(rest -> rest.startsWith(":"))
                        .map(rest -> rest.substring(1).strip())
                        .findFirst());
    }

    /** Names in a folder, sorted; none where it is absent. */
    List<String> list(String folder) {
        try (Stream<Path> entries = Files.list(root.resolve(folder))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException absent) {
            return List.of();
        }
    }
}
