package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.TextTable;
import java.util.ArrayList;
import java.util.List;

/** Answers to one question side by side, every dimension a column. */
final class KernelsText {
    private KernelsText() {}

    static void write(Decision decision, TextLines out) {
        out.gap();
        if (decision.questions().isEmpty()) {
            out.line("Kernels: no question has two answers that may stand; " + Numbers.count(decision.unshared())
                    + " have one.");
            return;
        }
        out.line("Kernels, where a question has several answers (" + Numbers.count(decision.unshared())
                + " more have one answer)");
        List<Answer> all = decision.questions().stream()
                .flatMap(question -> question.answers().stream())
                .toList();
        boolean percentiles = all.stream().anyMatch(one -> !one.percentilesNs().isEmpty());
        boolean energy = all.stream().anyMatch(one -> one.energy() != null);
        boolean money = all.stream().anyMatch(one -> one.workPerMoney() != null);
        List<String> head = new ArrayList<>(List.of("answer", ">time", ">GFLOP/s"));
        if (percentiles) {
            head.addAll(List.of(">p50", ">p95", ">p99"));
        }
        head.addAll(List.of(">error", ">storing", ">arithmetic"));
        if (energy) {
            head.add(">J/call");
        }
        if (money) {
            head.add(">work per money");
        }
        TextTable table = new TextTable(head.toArray(String[]::new));
        for (SharedQuestion question : decision.questions()) {
            table.section(question.name());
            for (Answer one : question.answers()) {
                List<String> cells = new ArrayList<>(List.of(
                        "  " + one.of() + " " + one.precision() + " " + kernel(one.kernel()),
                        TextCells.time(one.ns(), one.ciLowNs(), one.ciHighNs()),
                        Numbers.rate(one.gflops())));
                if (percentiles) {
                    for (String name : List.of("p50", "p95", "p99")) {
                        cells.add(TextCells.time(one.percentilesNs().get(name)));
                    }
                }
                cells.addAll(List.of(
                        Numbers.error(one.error()), Numbers.error(one.storing()), Numbers.error(one.arithmetic())));
                if (energy) {
                    cells.add(
                            one.energy() == null
                                    ? Numbers.NONE
                                    : Numbers.significant(one.energy().joulesPerCall(), 3));
                }
                if (money) {
                    cells.add(TextCells.figure(one.workPerMoney()));
                }
                table.row(cells);
            }
        }
        out.table(table);
        out.line(
                percentiles
                        ? "Percentiles are of iteration means, and no request latency."
                        : "Percentiles: withheld, no case has 50 effective iterations in a tail.");
    }

    private static String kernel(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
