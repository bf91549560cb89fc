package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Opens both sides so that their cases can meet. */
record Sides(Side base, Side candidate) {
    /**
     * A folder is a bundle, a file JMH's or nvbench's, several nvbench files with commas between them the forks of one side.
     * A bundle that meets a JMH file is read through its own {@code jmh.json}.
     */
    static Sides open(Path base, Path candidate) throws IOException {
        List<Path> here = NvbenchSide.files(base);
        List<Path> there = NvbenchSide.files(candidate);
        if (!here.isEmpty() && !there.isEmpty()) {
            return new Sides(new NvbenchSide(base, here), new NvbenchSide(candidate, there));
        }
        if (!here.isEmpty() || !there.isEmpty()) {
            throw new IllegalArgumentException(
                    (here.isEmpty() ? candidate : base) + ": expected JMH's array of benchmarks or a bundle, to meet "
                            + (here.isEmpty() ? base : candidate)
                            + "; an object is nvbench's, which times by other rules");
        }
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
