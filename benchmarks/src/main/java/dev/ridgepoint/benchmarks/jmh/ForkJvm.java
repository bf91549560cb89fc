package dev.ridgepoint.benchmarks.jmh;

import java.util.ArrayList;
import java.util.List;

/** Flags of every measured JVM. A fork does not see the jar's manifest, so it must be told of native access again. */
public final class ForkJvm {
    private ForkJvm() {}

    /** Fixed flags, before the user's own and those that name the case. */
    public static List<String> flags() {
        List<String> flags = new ArrayList<>();
        flags.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= 24) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        // One collector thread beside the measured one; a timed call allocates nothing for it to collect.
        flags.add("-XX:+UseSerialGC");
        return List.copyOf(flags);
    }
}
