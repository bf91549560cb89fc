package dev.ridgepoint.analysis.decide;

/** What ends the decision. */
final class TriggersText {
    private TriggersText() {}

    static void write(Decision decision, TextLines out) {
        out.gap();
        out.line("Expires with another");
        for (Trigger trigger : decision.triggers()) {
            out.line("  " + trigger.name() + ": " + trigger.value()
                    + (trigger.days() == null ? "" : ", after " + trigger.days() + " days"));
        }
        if (decision.inputs().mix() == null) {
            out.line("  No workload mix was given, so a change of the workload is not noticed.");
        }
    }
}
