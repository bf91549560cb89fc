package dev.ridgepoint.device.cpu.cost;

/**
 * What is asked of a figure.
 *
 * @param words for the table
 * @param met whether it was reached
 */
public record Goal(String words, boolean met) {
    /** For figures that only inform. */
    static final Goal NONE = new Goal("none", true);

    /** {@code yes}, {@code NO}, or {@code -} where nothing is asked. */
    public String verdict() {
        if (this == NONE) {
            return "-";
        }
        return met ? "yes" : "NO";
    }
}
