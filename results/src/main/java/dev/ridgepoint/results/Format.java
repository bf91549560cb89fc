package dev.ridgepoint.results;

/** The version of everything a bundle holds. Changing the format means changing it here, in a golden file and loudly. */
public final class Format {
    /** Semantic version: readers take the same major version and refuse others. */
    public static final String VERSION = "1.5.0";

    private Format() {}
}
