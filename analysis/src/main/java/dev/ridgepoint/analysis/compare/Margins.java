package dev.ridgepoint.analysis.compare;

/** Margins that differ by the kind of case, and where they come from. */
public interface Margins {
    /** The kind of case that an operation in a timing domain is. */
    static String family(String op, String domain) {
        return op + " " + domain;
    }

    /** The margin of a kind of case, a ratio minus one; {@code usual} where it is not known. */
    double of(String family, double usual);

    /** Which they are and where they come from, for whoever reads a verdict by them. */
    String sentence();
}
