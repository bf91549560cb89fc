package dev.ridgepoint.benchmarks.cli;

import java.io.IOException;
import java.nio.file.Path;

/** Bundles whose gate is known beforehand, for tests that start the command from outside. */
public final class MadeGate {
    private MadeGate() {}

    /** A bundle of 5 forks a case, the n-th case taking so many nanoseconds, measured by the build of that digit. */
    public static Path bundle(Path folder, String build, double... ns) throws IOException {
        MadeRun run = new MadeRun().build(build);
        for (int i = 0; i < ns.length; i++) {
            run.with(MadeCase.of(i + 1, 5, ns[i]));
        }
        return run.write(folder);
    }
}
