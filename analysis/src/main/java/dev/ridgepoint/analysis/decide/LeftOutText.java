package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.report.Numbers;

/** What may not stand, with its reason. */
final class LeftOutText {
    /** Cases that are listed one by one; the record has all of them. */
    private static final int LISTED = 20;

    private LeftOutText() {}

    static void write(Decision decision, TextLines out) {
        out.gap();
        if (decision.leftOut().isEmpty()) {
            out.line("Left out: nothing.");
            return;
        }
        out.line("Left out: " + Numbers.count(decision.leftOut().size()));
        decision.leftOut().stream()
                .limit(LISTED)
                .forEach(one -> out.line("  " + one.of() + " " + one.caseId() + ": " + one.reason()));
        if (decision.leftOut().size() > LISTED) {
            out.line("  and " + Numbers.count(decision.leftOut().size() - LISTED) + " more, all in the record");
        }
    }
}
