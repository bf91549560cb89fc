package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.soak.Drift;
import dev.ridgepoint.analysis.soak.Heat;
import dev.ridgepoint.analysis.soak.Machine;
import dev.ridgepoint.analysis.soak.SoakStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a soak showed, for people. */
final class SoakText {
    private static final double MINUTES = 60;
    private static final double CHANCE = 0.05;

    private SoakText() {}

    /** One case a row: its first minutes and its steady time side by side, and its drift. */
    static TextTable table(SoakStudy study) {
        TextTable table = new TextTable(
                "case",
                ">forks",
                ">first " + time(study.firstHours()),
                ">from " + time(study.steadyFromHours()),
                ">steady / first",
                ">95 %",
                ">drift",
                ">95 %",
                ">detects");
        for (SoakStudy.CaseSoak one : study.cases()) {
            SoakStudy.Ratio ratio = one.ratio();
            Drift drift = one.drift();
            table.row(List.of(
                    one.id(),
                    Integer.toString(one.forks()),
                    part(one.first()),
                    part(one.steady()),
                    ratio == null ? Numbers.NONE : String.format(Locale.ROOT, "%.3f", ratio.value()),
                    ratio == null
                            ? Numbers.NONE
                            : String.format(Locale.ROOT, "%.3f to %.3f", ratio.low(), ratio.high()),
                    drift == null ? Numbers.NONE : percent(drift.perHour(), study) + " %",
                    drift == null
                            ? Numbers.NONE
                            : percent(drift.low(), study) + " to " + percent(drift.high(), study) + " %",
                    drift == null
                            ? Numbers.NONE
                            : Numbers.significant(100 * Math.expm1(drift.detects() * study.hours()), 2) + " %"));
        }
        return table;
    }

    /** What the table says and does not, and what became of the machine; a line each. */
    static List<String> lines(SoakStudy study) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s at work of a soak of %s; iterations ran for %.0f %% of it, the rest went to starting JVMs and checking"
                        + " results.",
                time(study.hours()),
                study.soak().words(),
                100 * study.busy()));
        if (study.interruptions() > 0) {
            lines.add("Interrupted " + (study.interruptions() == 1 ? "once" : study.interruptions() + " times")
                    + ": the clock leaves the pauses out, but the machine cooled in them.");
        }
        lines.add(
                "first: forks of the first twelfth of the time, and three of a case at least. from: forks behind half of it,"
                        + " or behind the thermal steady state where that came later.");
        lines.add("drift: of a case's time over the " + time(study.hours())
                + ", by the median slope between its forks (" + Drift.LEAST_FORKS
                + " or more). detects: the drift that four in five such soaks would have shown.");
        drifts(study, lines);
        lines.add(others(study.machine().others()));
        lines.addAll(machine(study.machine()));
        return lines;
    }

    private static void drifts(SoakStudy study, List<String> lines) {
        List<SoakStudy.CaseSoak> told =
                study.cases().stream().filter(one -> one.drift() != null).toList();
        if (told.isEmpty()) {
            lines.add("No case has enough forks to tell a drift.");
            return;
        }
        long seen = told.stream().filter(one -> one.drift().seen()).count();
        lines.add(String.format(
                Locale.ROOT,
                "%d of %d cases drifted; %.1f would seem to by chance. While counted as steady %d still moved.",
                seen,
                told.size(),
                CHANCE * told.size(),
                study.cases().stream().filter(SoakStudy.CaseSoak::stillMoving).count()));
    }

    /** A drift is the machine's own only where nothing else grew busier. */
    private static String others(Machine.Others others) {
        return others == null
                ? "What else ran beside it was not recorded."
                : String.format(
                        Locale.ROOT,
                        "Beside it others kept %s processors busy in the first twelfth of the time and %s in the second half,"
                                + " at most %.2f (fork that ended at %s).",
                        cores(others.firstCores()),
                        cores(others.lastCores()),
                        others.mostCores(),
                        time(others.mostHours()));
    }

    private static String cores(Double cores) {
        return cores == null ? "an unknown number of" : String.format(Locale.ROOT, "%.2f", cores);
    }

    /** What became of clocks and heat, a line each. */
    static List<String> machine(Machine machine) {
        List<String> lines = new ArrayList<>();
        if (machine.watched() == 0) {
            lines.add("Throttling: not recorded; neither a GPU nor the host's processor tells of it here.");
        } else if (machine.onset() == null) {
            lines.add("Throttling: none in " + Numbers.count(machine.watched()) + " " + machine.unit() + ".");
        } else {
            lines.add("Throttling: from " + time(machine.onset().hours()) + " on, in "
                    + Numbers.count(machine.held()) + " of " + Numbers.count(machine.watched()) + " " + machine.unit()
                    + "; first in fork " + machine.onset().fork() + " of "
                    + machine.onset().caseId() + " ("
                    + machine.onset().why() + ").");
        }
        if (machine.firstMhz() != null && machine.lastMhz() != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "SM clock: %.0f MHz in the first twelfth of the time, %.0f MHz in the second half.",
                    machine.firstMhz(),
                    machine.lastMhz()));
        }
        if (machine.powerFromHours() != null) {
            lines.add("It kept to its power limit from " + time(machine.powerFromHours())
                    + " on, as a GPU at work does.");
        }
        lines.add(heat(machine));
        return lines;
    }

    private static String heat(Machine machine) {
        if (machine.temperatures() == 0) {
            return "Thermal steady state: no temperatures were recorded.";
        }
        Heat heat = machine.heat();
        if (heat == null) {
            return "Thermal steady state: " + machine.temperatures() + " temperatures are too few to tell.";
        }
        String reached = heat.steadyFromHours() == null
                ? "not reached; still moving by more than " + Numbers.significant(Heat.TOLERANCE_C, 1)
                        + " °C in the last quarter"
                : "from " + time(heat.steadyFromHours()) + " on";
        return String.format(
                Locale.ROOT,
                "Thermal steady state: %s (%.0f °C at first, %.0f °C at the end).",
                reached,
                heat.firstC(),
                heat.finalC());
    }

    private static String part(SoakStudy.Part part) {
        return part == null ? Numbers.NONE : Numbers.time(part.ns());
    }

    private static String percent(double perHour, SoakStudy study) {
        return percent(Math.expm1(perHour * study.hours()));
    }

    /** Hundredths of a percent are read where a drift is small; of one beyond twofold they would only be noise. */
    static String percent(double change) {
        return String.format(Locale.ROOT, Math.abs(change) < 1 ? "%+.2f" : "%+.0f", 100 * change);
    }

    /** {@code 42 s} or {@code 5.0 min}. */
    static String time(double hours) {
        double minutes = MINUTES * hours;
        return minutes < 2
                ? Numbers.significant(60 * minutes, 2) + " s"
                : String.format(Locale.ROOT, "%.1f min", minutes);
    }
}
