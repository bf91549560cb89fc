package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.bisect.Evidence;
import dev.ridgepoint.analysis.bisect.Groups;
import dev.ridgepoint.analysis.bisect.Search;
import dev.ridgepoint.analysis.compare.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** What a bisection knew, what it measured, and what it came to. */
final class BisectReport {
    /** Nobody waits for more. */
    private static final int MOST_FORKS = 100;

    private static final Set<String> HERE = Set.of("--dry-run", "--no-measure");

    private final List<BisectBuild> builds;
    private final List<String> typed;
    private final boolean json;
    private final List<OfCase> cases = new ArrayList<>();
    private UserError whyNotMeasured;

    /** One case on its way. */
    static final class OfCase {
        private final BisectBuild.Asked asked;
        private final Groups groups;
        private final List<Groups.Suspect> suspects;
        private Search.Outcome outcome;

        private OfCase(BisectBuild.Asked asked, Groups groups, List<Groups.Suspect> suspects) {
            this.asked = asked;
            this.groups = groups;
            this.suspects = suspects;
        }

        BisectBuild.Asked asked() {
            return asked;
        }

        Groups groups() {
            return groups;
        }

        void ended(Search.Outcome how) {
            outcome = how;
        }
    }

    BisectReport(List<BisectBuild> builds, List<String> typed, boolean json) {
        this.builds = builds;
        this.typed = typed;
        this.json = json;
    }

    void add(BisectBuild.Asked asked, Groups groups, List<Evidence> evidence) {
        cases.add(new OfCase(asked, groups, groups.suspects(evidence)));
    }

    /** Cases whose kernel may have changed. */
    List<OfCase> suspected() {
        return cases.stream().filter(one -> !one.suspects.isEmpty()).toList();
    }

    void cannotMeasure(UserError why) {
        whyNotMeasured = why;
    }

    /** Prints all of it, and answers the command's status. */
    int print(CommandLine command, boolean planOnly) {
        PrintWriter out = command.getOut();
        if (json) {
            JsonOut.print(out, answer());
        } else {
            text(out, planOnly);
        }
        out.flush();
        return status(planOnly).status();
    }

    private ExitCode status(boolean planOnly) {
        if (whyNotMeasured != null) {
            return whyNotMeasured.exitCode();
        }
        boolean found = cases.stream().anyMatch(one -> one.outcome != null && one.outcome.end() == Search.End.FOUND);
        boolean open = cases.stream().anyMatch(one -> one.outcome != null && one.outcome.end() == Search.End.OPEN);
        if (planOnly || !found && !open) {
            return ExitCode.OK;
        }
        return found ? ExitCode.CHECK_FAILED : ExitCode.INCONCLUSIVE;
    }

    private void text(PrintWriter out, boolean planOnly) {
        for (int i = 0; i < builds.size(); i++) {
            out.println(String.format(
                    Locale.ROOT, "build %-3d %s", i + 1, builds.get(i).text()));
        }
        cases.forEach(one -> caseText(out, one));
        List<OfCase> suspected = suspected();
        int steps = suspected.stream().mapToInt(one -> one.groups.mostSteps()).sum();
        int without = cases.stream()
                .mapToInt(one -> one.groups.stepsWithoutEvidence())
                .sum();
        out.println();
        out.println(suspected.size() + " of " + cases.size() + (cases.size() == 1 ? " case" : " cases")
                + " can have become slower by their kernel: " + steps
                + (steps == 1 ? " comparison" : " comparisons") + " at the most, where suspecting every"
                + " build would take " + without + ".");
        if (whyNotMeasured != null) {
            out.println("Not measured: " + whyNotMeasured.getMessage());
        }
        boolean left = suspected.stream().anyMatch(one -> one.outcome == null);
        if (left) {
            out.println((planOnly ? "to measure" : "there") + "   ridgepoint "
                    + typed.stream()
                            .filter(word -> !HERE.contains(word))
                            .map(BisectReport::quoted)
                            .collect(Collectors.joining(" ")));
        }
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,%@+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private void caseText(PrintWriter out, OfCase one) {
        out.println();
        out.println(one.asked.name() + (one.asked.id() == null ? "" : " (" + one.asked.kernel() + ")"));
        if (one.suspects.isEmpty()) {
            out.println(
                    "  all builds have this kernel: what got slower is not the kernel but what calls it, the device or"
                            + " its software; 'ridgepoint ab' of both ends tells whether anything did");
            return;
        }
        for (Groups.Suspect suspect : one.suspects) {
            out.println("  suspect  between build " + (suspect.before() + 1) + " and " + (suspect.after() + 1) + ": "
                    + suspect.why());
        }
        if (one.outcome != null) {
            one.outcome.steps().forEach(step -> out.println("  measured " + sentence(step)));
            out.println("  " + conclusion(one.outcome));
        }
    }

    private String sentence(Search.Step step) {
        Search.Judgement said = step.judgement();
        return String.format(
                Locale.ROOT,
                "build %d against build 1: %s, ratio %.3f (%.3f to %.3f), %d forks a side, would have called %.1f %%",
                step.build() + 1,
                said.verdict(),
                said.ratio(),
                said.low(),
                said.high(),
                said.forks(),
                100 * said.mde());
    }

    private String conclusion(Search.Outcome outcome) {
        return switch (outcome.end()) {
            case FOUND ->
                "it got slower between build " + (outcome.lastGood() + 1) + " and build " + (outcome.firstBad() + 1)
                        + ", " + builds.get(outcome.firstBad()).text();
            case NO_REGRESSION -> "the last build is not slower than the first: nothing to look for at this margin";
            case SAME_KERNEL -> "all builds have one kernel";
            case OPEN ->
                "cannot tell; it lies between build " + (outcome.lastGood() + 1) + " and build "
                        + (outcome.firstBad() + 1) + ". " + settles(outcome);
        };
    }

    private static String settles(Search.Outcome outcome) {
        Search.Judgement last = outcome.steps().get(outcome.steps().size() - 1).judgement();
        if (last.verdict() == Verdict.INCONCLUSIVE && last.forksNeeded() > MOST_FORKS) {
            return "The spread is too wide for this margin at any sensible number of forks: quiet the machine"
                    + " ('ridgepoint doctor'), or take a wider --margin.";
        }
        if (last.verdict() == Verdict.INCONCLUSIVE && last.forksNeeded() > last.forks()) {
            return "By the spread seen " + last.forksNeeded() + " forks a side would show the margin: --most-forks "
                    + last.forksNeeded() + " with a narrower --aim, a quieter machine, or a wider --margin.";
        }
        return last.verdict() == Verdict.INCONCLUSIVE
                ? "The change is too near the margin to call: a narrower --aim, or another --margin."
                : "That comparison was " + last.verdict() + ": see 'ridgepoint compare --paired' of its two bundles.";
    }

    private Map<String, Object> answer() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("builds", builds.stream().map(BisectBuild::text).toList());
        answer.put("cases", cases.stream().map(BisectReport::json).toList());
        if (whyNotMeasured != null) {
            answer.put("notMeasured", whyNotMeasured.getMessage());
        }
        return answer;
    }

    private static Map<String, Object> json(OfCase one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("case", one.asked.name());
        json.put("kernel", one.asked.kernel());
        json.put("groups", one.groups.groups());
        json.put("suspects", one.suspects);
        json.put("mostComparisons", one.groups.mostSteps());
        if (one.outcome != null) {
            json.put("end", one.outcome.end());
            json.put("lastGood", one.outcome.lastGood());
            json.put("firstBad", one.outcome.firstBad());
            json.put("steps", one.outcome.steps());
        }
        return json;
    }
}
