package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.soak.SoakStudy;

/** What became of the machine's speed while it ran the cases over and over. */
final class SoakSection {
    private SoakSection() {}

    static String html(SoakStudy soak) {
        return "<div class=\"scroll\">" + SoakText.table(soak).html() + "</div>\n"
                + Html.list(SoakText.lines(soak), "Nothing more is known.");
    }
}
