package dev.ridgepoint.analysis.history;

import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.TextTable;
import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A history for a terminal: what changed, when, by how much, and what else changed there. */
public final class HistoryText {
    private static final int WIDTH = 120;

    /** Differences shown of one run; the rest is counted. */
    private static final int SHOWN = 4;

    private HistoryText() {}

    /** The whole report, lines ending in a line feed. */
    public static String render(History history) {
        StringBuilder out = new StringBuilder();
        HistoryRun last = history.runs().get(history.runs().size() - 1);
        line(out, summary(history));
        line(out, "from run 1 of " + history.run(1).started() + " to run " + last.number() + " of " + last.started());
        breaks(history).forEach(one -> line(out, one));
        out.append('\n');
        List<CaseHistory> changed = history.changed();
        if (!changed.isEmpty()) {
            out.append(table(history, changed).plain(WIDTH)).append('\n');
            changed.forEach(one -> one.changes().forEach(change -> line(out, sentence(history, one, change))));
            out.append('\n');
        }
        limits(history).forEach(limit -> line(out, limit));
        return out.toString();
    }

    static String summary(History history) {
        long changes =
                history.cases().stream().mapToLong(one -> one.changes().size()).sum();
        return Numbers.count(history.runs().size()) + " runs, "
                + Numbers.count(history.cases().size()) + " series of one case and one kernel; "
                + (changes == 0 ? "no change" : Numbers.count(changes) + (changes == 1 ? " change" : " changes"))
                + " of level by " + percent(history.least()) + " or more"
                + (changes == 0 ? "" : ", in " + Numbers.count(history.changed().size()) + " of them");
    }

    /** Where circumstances changed: no series goes across. */
    static List<String> breaks(History history) {
        return history.runs().stream()
                .filter(run -> run.number() > 1
                        && history.runs().stream()
                                .limit(run.number() - 1L)
                                .noneMatch(one -> one.circumstances() == run.circumstances()))
                .map(run -> "break: run " + run.number() + " of " + run.started()
                        + " is the first under other circumstances, and is compared only with such: "
                        + differences(run.changed()))
                .toList();
    }

    private static TextTable table(History history, List<CaseHistory> changed) {
        TextTable table = new TextTable("case", ">run", "started", ">ratio", ">95 % CI", ">p", ">q", "kernel");
        for (CaseHistory one : changed) {
            for (CaseHistory.Change change : one.changes()) {
                HistoryRun run = history.run(one.runs()[change.at()]);
                table.row(List.of(
                        one.benchmark(),
                        Integer.toString(run.number()),
                        run.started(),
                        ratio(change.ratio()),
                        ratio(change.low()) + "–" + ratio(change.high()),
                        chance(change.p()),
                        chance(one.q()),
                        one.subject()));
            }
        }
        return table;
    }

    static String sentence(History history, CaseHistory one, CaseHistory.Change change) {
        HistoryRun run = history.run(one.runs()[change.at()]);
        HistoryRun before = history.run(one.runs()[change.at() - 1]);
        return one.benchmark() + ": " + (change.ratio() > 1 ? "slower" : "faster") + " by "
                + percent(Math.abs(change.ratio() - 1)) + " from run " + run.number() + " on (after run "
                + before.number() + "). " + changedThere(run);
    }

    static String changedThere(HistoryRun run) {
        return run.changed().isEmpty()
                ? "Nothing declared changed at that run."
                : "Changed at that run: " + differences(run.changed()) + ".";
    }

    static List<String> limits(History history) {
        List<String> limits = new ArrayList<>(history.notes());
        long tooShort = history.cases().stream().filter(one -> one.q() == null).count();
        if (tooShort > 0) {
            limits.add(Numbers.count(tooShort) + " series have fewer than " + LevelShifts.LEAST_RUNS
                    + " valid runs, and nothing is said of them.");
        }
        int leftOut = history.cases().stream().mapToInt(CaseHistory::leftOut).sum();
        if (leftOut > 0) {
            limits.add(Numbers.count(leftOut) + " figures were not valid in their runs and are left out.");
        }
        limits.add(
                "Intervals are taken after the place of a change was chosen, and are a little narrow. Runs that drift"
                        + " together, as a machine's can over days, look like changes. Bundles were not validated here:"
                        + " 'ridgepoint validate' does.");
        return limits;
    }

    private static String differences(List<Difference> differences) {
        String shown = differences.stream()
                .limit(SHOWN)
                .map(one -> one.pointer() + " " + shortened(one.left()) + " to " + shortened(one.right()))
                .collect(Collectors.joining(", "));
        return differences.size() <= SHOWN ? shown : shown + " and " + (differences.size() - SHOWN) + " more";
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 37) + "...";
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.3f", ratio);
    }

    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
    }

    private static String chance(double p) {
        return p < 1e-4 ? "<0.0001" : Numbers.significant(p, 2);
    }

    private static void line(StringBuilder out, String raw) {
        out.append(Names.oneLine(raw)).append('\n');
    }
}
