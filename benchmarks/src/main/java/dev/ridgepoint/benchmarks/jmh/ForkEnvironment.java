package dev.ridgepoint.benchmarks.jmh;

import java.nio.file.Path;
import java.util.List;

/**
 * What a measured JVM is told by system properties: the only channel from the run to a fork.
 *
 * @param backend the device to open
 * @param plan the plan file, where the fork finds its case by id
 * @param expectations folder of the saved verifiers
 * @param part path all files of this fork start with
 * @param fork number of this fork of its case
 */
public record ForkEnvironment(String backend, Path plan, Path expectations, Path part, int fork) {
    private static final String PREFIX = "ridgepoint.fork.";

    /** The environment of the JVM we are. */
    static ForkEnvironment current() {
        return new ForkEnvironment(
                property("backend"),
                Path.of(property("plan")),
                Path.of(property("expectations")),
                Path.of(property("part")),
                Integer.parseInt(property("number")));
    }

    private static String property(String name) {
        String value = System.getProperty(PREFIX + name);
        if (value == null) {
            throw new IllegalStateException(
                    "this class is timed by 'ridgepoint run', which tells it its case through -D" + PREFIX + name);
        }
        return value;
    }

    /** Flags that pass this environment on. */
    List<String> jvmFlags() {
        return List.of(
                "-D" + PREFIX + "backend=" + backend,
                "-D" + PREFIX + "plan=" + plan,
                "-D" + PREFIX + "expectations=" + expectations,
                "-D" + PREFIX + "part=" + part,
                "-D" + PREFIX + "number=" + fork);
    }

    /** The files this fork leaves. */
    ForkFiles files() {
        return new ForkFiles(part);
    }
}
