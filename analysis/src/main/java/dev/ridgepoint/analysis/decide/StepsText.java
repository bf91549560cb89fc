package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.TextTable;
import dev.ridgepoint.analysis.serve.ComposedStep;
import dev.ridgepoint.kernels.workload.Phase;
import java.util.ArrayList;
import java.util.List;

/** Models' steps: what is summed up, and what is missing in the sum. */
final class StepsText {
    private StepsText() {}

    static void write(Decision decision, TextLines out) {
        out.gap();
        if (decision.steps().isEmpty()) {
            out.line("Steps: no measured case belongs to a pass of a catalogued decoder or encoder.");
            return;
        }
        out.line("Models' steps; tokens/s is the " + ComposedStep.LABEL);
        boolean energy = decision.steps().stream().anyMatch(one -> one.tokensPerJoule() != null);
        boolean money = decision.steps().stream().anyMatch(one -> one.tokensPerMoney() != null);
        List<String> head = new ArrayList<>(List.of("step", ">kernels' time", ">tokens/s", ">worst error"));
        if (energy) {
            head.addAll(List.of(">tokens/J", ">tokens/s/W"));
        }
        if (money) {
            head.add(">tokens per money");
        }
        head.add(">roles");
        TextTable table = new TextTable(head.toArray(String[]::new));
        String section = "";
        for (StepOption one : decision.steps()) {
            String name = one.step().model() + " " + one.step().pass();
            if (!name.equals(section)) {
                table.section(name);
                section = name;
            }
            ComposedStep step = one.step();
            List<String> cells = new ArrayList<>(List.of(
                    "  " + one.of() + " " + step.precision(),
                    TextCells.time(one.ns(), step.lowNs(), step.highNs()),
                    "<= " + Numbers.rate(one.tokensPerSecond()),
                    Numbers.error(one.worstError())));
            if (energy) {
                cells.add(TextCells.value(one.tokensPerJoule()));
                cells.add(TextCells.value(one.ratePerWatt()));
            }
            if (money) {
                cells.add(one.tokensPerMoney() == null ? Numbers.NONE : "<= " + TextCells.figure(one.tokensPerMoney()));
            }
            int roles = step.parts().size();
            cells.add(roles + " of " + (roles + step.missing().size()));
            table.row(cells);
            if (!step.complete()) {
                table.section("    missing: " + String.join(", ", step.missing()));
            }
        }
        out.table(table);
        out.line("The interval has all kernels at the same end of theirs at once. Missing: role x layers.");
        if (decision.steps().stream().anyMatch(one -> one.step().phase() == Phase.ENCODE)) {
            out.line("An encoder answers in one pass: its kernels' time is the latency of the batch, at least.");
        }
        if (decision.steps().stream().anyMatch(one -> !one.step().complete())) {
            out.line(
                    "Money and energy of a step are withheld where a role is missing: the rest costs less than the whole."
                            + " --shapes FILE writes whole steps for 'run --shapes'.");
        }
    }
}
