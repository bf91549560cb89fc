package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.TextTable;
import dev.ridgepoint.analysis.serve.Served;
import dev.ridgepoint.analysis.serve.Served.Latency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Latency under a load, and why it is withheld. */
final class ServedText {
    private ServedText() {}

    static void write(Decision decision, TextLines out) {
        out.gap();
        if (decision.inputs().load() == null) {
            out.line("Latency under load: absent: no --arrivals and no --rate given.");
            return;
        }
        out.line("Under load (" + decision.inputs().load() + ")");
        if (decision.served().isEmpty()) {
            out.line("Nothing to play: no decoder's step was measured.");
            return;
        }
        boolean money = decision.served().stream().anyMatch(one -> one.tokensPerMoney() != null);
        List<String> head =
                new ArrayList<>(List.of("alternative", ">p50", ">p95", ">p99", ">p99.9", ">requests", ">effective"));
        TextTable table = new TextTable(head.toArray(String[]::new));
        Map<String, List<String>> withheld = new LinkedHashMap<>();
        boolean any = false;
        for (ServedOption one : decision.served()) {
            String name = one.of() + " " + one.model() + " " + one.precision();
            if (one.withheld() != null) {
                withheld.computeIfAbsent(one.withheld(), reason -> new ArrayList<>())
                        .add(name);
                continue;
            }
            any = true;
            table.section(name + ": " + Numbers.rate(one.tokensPerSecond()) + " tokens/s"
                    + (money ? ", " + TextCells.figure(one.tokensPerMoney()) : ""));
            for (Latency latency : one.latencies()) {
                List<String> cells = new ArrayList<>(List.of("  " + latency.name()));
                for (String percentile : List.of("p50", "p95", "p99", "p99.9")) {
                    cells.add(TextCells.time(latency.percentilesNs().get(percentile)));
                }
                cells.add(Numbers.count(latency.requests()));
                cells.add(Numbers.count(Math.round(latency.effective())));
                table.row(cells);
            }
        }
        if (any) {
            out.table(table);
            out.line("TTFT: to the first token; TPOT: between further ones; E2E: to the last. All " + Served.LABEL
                    + ".");
        }
        withheld.forEach((reason, names) -> out.line("Withheld for " + String.join(", ", names) + ": " + reason));
    }
}
