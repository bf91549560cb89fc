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
    public Discrepancy {
        where = Names.oneLine(where);
        figure = Names.oneLine(figure);
        published = Names.oneLine(published);
        derived = Names.oneLine(derived);
    }

    @Override
    public String toString() {
        return where + " " + figure + ": published " + published + ", derived " + derived;
    }
}
