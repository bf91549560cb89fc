package dev.ridgepoint.benchmarks.carry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Our licence, what is said of software of others, and its licences, as the jar carries them. */
final class Licences {
    private static final String FOLDER = "META-INF/legal/";

    private Licences() {}

    /**
     * Copies them out of the jar into a folder.
     *
     * @throws IOException one line: the jar has none, or what failed
     */
    static void copy(Path jar, Path target) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<JarEntry> texts = file.stream()
                    .filter(entry -> entry.getName().startsWith(FOLDER) && !entry.isDirectory())
                    .toList();
            if (texts.isEmpty()) {
                throw new IOException(jar + " carries no licences in " + FOLDER + ": build it anew");
            }
            for (JarEntry text : texts) {
                Path copy = target.resolve(text.getName().substring(FOLDER.length()));
                Files.createDirectories(copy.getParent());
                try (InputStream in = file.getInputStream(text)) {
                    Files.copy(in, copy);
                }
            }
        }
    }
}
