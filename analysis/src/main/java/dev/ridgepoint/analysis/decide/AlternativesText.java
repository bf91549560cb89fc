package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.TextTable;
import java.util.List;

/** What stands side by side, and what each costs and draws. */
final class AlternativesText {
    private AlternativesText() {}

    static void write(Decision decision, TextLines out) {
        TextTable table = new TextTable("alternative", "device", "protocol", "started", ">measured", ">left out");
        for (Alternative one : decision.alternatives()) {
            table.row(List.of(
                    one.label() + " " + one.name(),
                    one.device() + (one.caveat().isEmpty() ? "" : " (" + one.caveat() + ")"),
                    one.protocol(),
                    one.started().substring(0, Math.min(10, one.started().length())),
                    Numbers.count(one.measured()),
                    Numbers.count(one.leftOut())));
        }
        out.table(table);
        for (Alternative one : decision.alternatives()) {
            out.line(one.label() + " cost: "
                    + (one.price() == null
                            ? "absent: no --prices given"
                            : one.price().sentence()));
            out.line(one.label() + " energy: " + one.energy());
            if (!one.kind().equals("cpu")) {
                out.line(one.label() + " driver: " + (one.driver() == null ? "not recorded" : one.driver()));
            }
        }
    }
}
