package dev.ridgepoint.analysis.calibrate;

import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.TextTable;
import java.util.List;
import java.util.Locale;

/** A calibration for a terminal. */
public final class CalibrationText {
    private static final int WIDTH = 120;

    /** Forks of a case below which a model of them is a guess. */
    private static final int FEW = 10;

    private CalibrationText() {}

    /** The whole report, lines ending in a line feed. */
    public static String render(Calibration calibration) {
        StringBuilder out = new StringBuilder(calibration.device() + ", "
                + calibration.runs().size()
                + (calibration.runs().size() == 1 ? " run" : " runs") + " of the same code, " + calibration.forks()
                + " forks a side\n\n");
        String found = "planted " + percent(calibration.planted()) + " found";
        TextTable table = new TextTable(
                "family",
                ">cases",
                ">forks",
                ">CV",
                ">MDE",
                ">margin",
                ">false alarms",
                ">" + found,
                ">runs twice",
                ">really slowed");
        for (Calibration.Family one : calibration.families()) {
            table.row(List.of(
                    one.family(),
                    Numbers.count(one.cases()),
                    Numbers.count(one.forksSeen()),
                    percent(one.cv()),
                    percent(one.mde()),
                    percent(one.margin()),
                    percent(one.falseAlarms()),
                    percent(one.power()),
                    one.pairs() == 0 ? Numbers.NONE : one.pairAlarms() + " of " + one.pairs(),
                    one.slowed() == 0
                            ? Numbers.NONE
                            : one.slowedFound() + " of " + one.slowed() + ", " + change(one.slowdown())));
        }
        out.append(table.plain(WIDTH)).append('\n').append(calibration.method()).append('\n');
        if (calibration.families().stream().anyMatch(one -> one.slowed() > 0)) {
            out.append(
                    "Runs twice: comparisons of runs of the same code that were called, of how many. Really slowed: those"
                            + " that were found, of how many,\nand the median change that was measured.\n");
        }
        if (calibration.families().stream().anyMatch(one -> one.forksSeen() < FEW)) {
            out.append("A model of fewer than " + FEW + " forks is a guess at their spread: give more runs of the same"
                    + " code.\n");
        }
        if (calibration.families().stream().anyMatch(one -> one.margin() > calibration.planted())) {
            out.append("Where the margin is wider than what was planted, a gate is not meant to find it.\n");
        }
        if (calibration.families().stream().anyMatch(one -> one.margin() >= Calibrate.MOST_MARGIN)) {
            out.append("A margin of " + percent(Calibrate.MOST_MARGIN)
                    + " is the widest there is: this box is too noisy to"
                    + " gate such cases; quiet it ('ridgepoint doctor'), measure and calibrate again.\n");
        }
        return out.toString();
    }

    private static String change(double fraction) {
        return String.format(Locale.ROOT, "%+.1f %%", 100 * fraction);
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
    }
}
