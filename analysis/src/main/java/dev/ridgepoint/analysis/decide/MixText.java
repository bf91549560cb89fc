package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.TextTable;
import java.util.ArrayList;
import java.util.List;

/** The kernels of a workload mix on every alternative. */
final class MixText {
    private MixText() {}

    static void write(Decision decision, TextLines out) {
        if (decision.inputs().mix() == null) {
            return;
        }
        out.gap();
        if (decision.mix().isEmpty()) {
            out.line("Workload mix: no problem of it was answered by every alternative.");
            return;
        }
        MixOption first = decision.mix().get(0);
        out.line("Workload mix: " + Numbers.count(first.problems()) + " of its problems, "
                + Numbers.percent(first.share())
                + " of the trace's GPU time, were answered by every alternative");
        boolean money = decision.mix().stream().anyMatch(one -> one.passesPerMoney() != null);
        TextTable table = money
                ? new TextTable("alternative", ">kernels' time", ">worst error", ">J", ">mixes per money")
                : new TextTable("alternative", ">kernels' time", ">worst error", ">J");
        for (MixOption one : decision.mix()) {
            List<String> cells = new ArrayList<>(List.of(
                    one.of() + " " + one.condition(),
                    Numbers.time(one.ns()),
                    Numbers.error(one.worstError()),
                    one.joules() == null ? "absent" : Numbers.significant(one.joules(), 3)));
            if (money) {
                cells.add(TextCells.figure(one.passesPerMoney()));
            }
            table.row(cells);
        }
        out.table(table);
    }
}
