package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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
        return bundles ? bundles(base, candidate) : new Sides(plain(base), plain(candidate));
    }

    /** Both are validated at the same time; where both are refused, the base's refusal is told. */
    private static Sides bundles(Path base, Path candidate) throws IOException {
        FutureTask<BundleSide> other = new FutureTask<>(() -> BundleSide.open(candidate));
        Thread thread = new Thread(other, "candidate");
        thread.setDaemon(true);
        thread.start();
        try {
            BundleSide here = BundleSide.open(base);
            return new Sides(here, other.get());
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            if (refused.getCause() instanceof RuntimeException unforeseen) {
                throw unforeseen;
            }
            if (refused.getCause() instanceof Error outOfMemory) {
                throw outOfMemory;
            }
            throw new IllegalStateException(refused.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + candidate + " was validated");
        }
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
        BundleSide.withJmh(path);
        return new JmhSide(path.resolve(Layout.JMH));
    }
}
