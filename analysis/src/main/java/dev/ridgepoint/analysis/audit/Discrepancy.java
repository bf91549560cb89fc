package dev.ridgepoint.analysis.audit;

import dev.ridgepoint.analysis.report.Names;

/**
 * A figure that is not what its samples give, or a file that is not as it was sealed.
 *
 * @param where case id, file or page
 * @param figure which figure, or what kind of fault
 * @param published what is stated
 * @param derived what follows from the samples
 */
public record Discrepancy(String where, String figure, String published, String derived) {
    private static final String BUNDLE = "seal and rules";

    public Discrepancy {
        where = Names.oneLine(where);
        figure = Names.oneLine(figure);
        published = Names.oneLine(published);
        derived = Names.oneLine(derived);
    }

    /** A file or rule of the bundle itself, broken as the message says. */
    static Discrepancy ofBundle(String where, String message) {
        return new Discrepancy(where, BUNDLE, "a valid bundle", message);
    }

    /** Whether this is of the bundle itself, and of no figure. */
    public boolean ofBundle() {
        return figure.equals(BUNDLE);
    }

    @Override
    public String toString() {
        return ofBundle()
                ? "not as sealed " + where + ": " + derived
                : where + " " + figure + ": published " + published + ", derived " + derived;
    }
}
