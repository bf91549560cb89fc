package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.baseline.Baselines;
import java.nio.file.Path;

/** Where baselines lie: with the project where there is one, else in the working folder. */
final class BaselineFolder {
    private BaselineFolder() {}

    /** @param root what the user named, or null */
    static Baselines of(Path root) {
        return new Baselines(root == null ? usual() : root);
    }

    private static Path usual() {
        String home = System.getProperty("ridgepoint.home");
        return home == null ? Path.of("ridgepoint-baselines") : Path.of(home, "results", "baselines");
    }
}
