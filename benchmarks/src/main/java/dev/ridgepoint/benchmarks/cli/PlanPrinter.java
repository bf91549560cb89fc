package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.Forecast;
import dev.ridgepoint.benchmarks.plan.Skip;
import dev.ridgepoint.benchmarks.record.Budget;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says what a run would do. */
final class PlanPrinter {
    private final PrintWriter out;
    private final boolean json;

    PlanPrinter(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    int print(BenchmarkPlan plan, Forecast forecast, Budget budget) {
        if (json) {
            JsonOut.print(out, tree(plan, forecast));
        } else {
            out.println(forecast.sentence());
            forecast.then(budget.limited()).ifPresent(out::println);
            plan.cells().forEach(cell -> out.println("  " + cell.id() + "  " + cell.kernel()));
            plan.skips().forEach(skip -> out.println("  " + skip.id() + "  skipped: " + skip.reason()));
        }
        out.flush();
        return ExitCode.OK.status();
    }

    private static Map<String, Object> tree(BenchmarkPlan plan, Forecast forecast) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("suite", plan.settings().suite());
        tree.put("protocol", plan.protocol().id());
        tree.put("forks", plan.protocol().forks());
        tree.put("seconds", forecast.duration().toSeconds());
        if (plan.protocol().aim() != null) {
            tree.put("mostForks", plan.protocol().mostForks());
            tree.put("secondsAtMost", forecast.atMost().toSeconds());
        }
        if (forecast.detectsPercent().isPresent()) {
            tree.put("detectsPercent", forecast.detectsPercent().getAsDouble());
        }
        tree.put("canGate", forecast.canGate());
        tree.put("cases", plan.cells().stream().map(PlanPrinter::cell).toList());
        tree.put("skipped", plan.skips().stream().map(PlanPrinter::skip).toList());
        return tree;
    }

    private static Map<String, Object> cell(Cell cell) {
        return Map.of("id", cell.id(), "kernel", cell.kernel(), "support", cell.support());
    }

    private static Map<String, Object> skip(Skip skip) {
        return Map.of("id", skip.id(), "reason", skip.reason());
    }
}
