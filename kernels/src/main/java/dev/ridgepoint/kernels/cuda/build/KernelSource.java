package dev.ridgepoint.kernels.cuda.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A source file of one kernel.
 *
 * @param id {@code <folder>/<file name without suffix>}
 * @param root the folder of CUDA sources, where includes are looked for
 */
record KernelSource(String id, Path root) {
    private static final String SUFFIX = ".cu";

    /** The sources below a folder, in the order of their ids. */
    static List<KernelSource> under(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .map(id -> new KernelSource(id, root))
                    .toList();
        }
    }

    Path file() {
        return root.resolve(id + SUFFIX);
    }
}
