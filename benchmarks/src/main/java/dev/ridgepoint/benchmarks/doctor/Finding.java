package dev.ridgepoint.benchmarks.doctor;

/**
 * One thing about this machine that bears on a measurement.
 *
 * @param name what was looked at
 * @param level how much it matters here
 * @param value what was found, in words
 * @param fix what one could do about it, or null
 */
public record Finding(String name, Level level, String value, String fix) {
    /** How much a finding matters. */
    public enum Level {
        OK,
        /** Worth knowing; figures stay usable. */
        WARNING,
        /** Makes figures noisier, or others than a quiet machine would give. */
        BAD
    }

    static Finding ok(String name, String value) {
        return new Finding(name, Level.OK, value, null);
    }

    static Finding warning(String name, String value, String fix) {
        return new Finding(name, Level.WARNING, value, fix);
    }

    static Finding bad(String name, String value, String fix) {
        return new Finding(name, Level.BAD, value, fix);
    }

    /** One sentence. */
    public String sentence() {
        return name + ": " + value;
    }
}
