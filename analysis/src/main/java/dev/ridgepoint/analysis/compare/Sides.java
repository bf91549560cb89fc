package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens both sides so that their cases can meet. */
record Sides(Side base, Side candidate) {
    /** A folder is a bundle, a file is JMH's; a bundle that meets a plain file is read through its own {@code jmh.json}. */
    static Sides open(Path base, Path candidate) throws IOException {
        boolean bundles = isBundle(base) & isBundle(candidate);
        return bundles
                ? new Sides(BundleSide.open(base), BundleSide.open(candidate))
                : new Sides(plain(base), plain(candidate));
    }

    private static boolean isBundle(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        return Files.isDirectory(path);
    }

    private static Side plain(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return new JmhSide(path);
        }
        BundleSide.open(path);
        return new JmhSide(path.resolve(Layout.JMH));
    }
}
