package dev.ridgepoint.benchmarks.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
public final class Version implements IVersionProvider {
    /** {@code 0.1.0-SNAPSHOT}, or {@code development} outside a jar. */
    public static String current() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"ridgepoint " + current()};
    }
}
