package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Derived;
import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.TextTable;
import dev.ridgepoint.analysis.serve.ComposedStep;
import dev.ridgepoint.analysis.serve.Served.Latency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A decision for people: every dimension a column, what is absent said, formulas and limits below. */
public final class DecisionText {
    private static final int WIDTH = 120;
    /** Cases left out that are listed one by one; the record has all of them. */
    private static final int LISTED = 20;

    private final Decision decision;
    private final StringBuilder out = new StringBuilder();

    private DecisionText(Decision decision) {
        this.decision = decision;
    }

    /** The whole text. */
    public static String render(Decision decision) {
        DecisionText text = new DecisionText(decision);
        text.alternatives();
        text.kernels();
        text.steps();
        text.served();
        text.mix();
        text.leftOut();
        text.sentences("Formulas", decision.formulas());
        text.sentences("Taken for granted", decision.assumptions());
        text.sentences("Not said", decision.limits());
        text.triggers();
        return text.out.toString();
    }

    private void alternatives() {
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
        out.append(table.plain(WIDTH));
        for (Alternative one : decision.alternatives()) {
            line(one.label() + " cost: "
                    + (one.price() == null
                            ? "absent: no --prices given"
                            : one.price().sentence()));
            line(one.label() + " energy: " + one.energy());
            if (!one.kind().equals("cpu")) {
                line(one.label() + " driver: " + (one.driver() == null ? "not recorded" : one.driver()));
            }
        }
    }

    private void kernels() {
        out.append('\n');
        if (decision.questions().isEmpty()) {
            line("Kernels: no question has two answers that may stand; " + Numbers.count(decision.unshared())
                    + " have one.");
            return;
        }
        line("Kernels, where a question has several answers (" + Numbers.count(decision.unshared())
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
                        time(one.ns(), one.ciLowNs(), one.ciHighNs()),
                        Numbers.rate(one.gflops())));
                if (percentiles) {
                    for (String name : List.of("p50", "p95", "p99")) {
                        cells.add(time(one.percentilesNs().get(name)));
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
                    cells.add(figure(one.workPerMoney()));
                }
                table.row(cells);
            }
        }
        out.append(table.plain(WIDTH));
        line(
                percentiles
                        ? "Percentiles are of iteration means, and no request latency."
                        : "Percentiles: withheld, no case has 50 effective iterations in a tail.");
    }

    private void steps() {
        out.append('\n');
        if (decision.steps().isEmpty()) {
            line("Steps: no measured case belongs to a prompt or a step of a catalogued decoder.");
            return;
        }
        line("Models' steps; tokens/s is the " + ComposedStep.LABEL);
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
                    time(one.ns(), step.lowNs(), step.highNs()),
                    "<= " + Numbers.rate(one.tokensPerSecond()),
                    Numbers.error(one.worstError())));
            if (energy) {
                cells.add(value(one.tokensPerJoule()));
                cells.add(value(one.ratePerWatt()));
            }
            if (money) {
                cells.add(one.tokensPerMoney() == null ? Numbers.NONE : "<= " + figure(one.tokensPerMoney()));
            }
            int roles = step.parts().size();
            cells.add(roles + " of " + (roles + step.missing().size()));
            table.row(cells);
            if (!step.complete()) {
                table.section("    missing: " + String.join(", ", step.missing()));
            }
        }
        out.append(table.plain(WIDTH));
        line("The interval has all kernels at the same end of theirs at once. Missing: role x layers.");
        if (decision.steps().stream().anyMatch(one -> !one.step().complete())) {
            line("Money and energy of a step are withheld where a role is missing: the rest costs less than the whole."
                    + " --shapes FILE writes whole steps for 'run --shapes'.");
        }
    }

    private void served() {
        out.append('\n');
        if (decision.inputs().load() == null) {
            line("Latency under load: absent: no --arrivals and no --rate given.");
            return;
        }
        line("Under load (" + decision.inputs().load() + ")");
        if (decision.served().isEmpty()) {
            line("Nothing to play: no decoder's step was measured.");
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
                    + (money ? ", " + figure(one.tokensPerMoney()) : ""));
            for (Latency latency : one.latencies()) {
                List<String> cells = new ArrayList<>(List.of("  " + latency.name()));
                for (String percentile : List.of("p50", "p95", "p99", "p99.9")) {
                    cells.add(time(latency.percentilesNs().get(percentile)));
                }
                cells.add(Numbers.count(latency.requests()));
                cells.add(Numbers.count(Math.round(latency.effective())));
                table.row(cells);
            }
        }
        if (any) {
            out.append(table.plain(WIDTH));
            line("TTFT: to the first token; TPOT: between further ones; E2E: to the last. All "
                    + dev.ridgepoint.analysis.serve.Served.LABEL + ".");
        }
        withheld.forEach((reason, names) -> line("Withheld for " + String.join(", ", names) + ": " + reason));
    }

    private void mix() {
        if (decision.inputs().mix() == null) {
            return;
        }
        out.append('\n');
        if (decision.mix().isEmpty()) {
            line("Workload mix: no problem of it was answered by every alternative.");
            return;
        }
        MixOption first = decision.mix().get(0);
        line("Workload mix: " + Numbers.count(first.problems()) + " of its problems, "
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
                cells.add(figure(one.passesPerMoney()));
            }
            table.row(cells);
        }
        out.append(table.plain(WIDTH));
    }

    private void leftOut() {
        out.append('\n');
        if (decision.leftOut().isEmpty()) {
            line("Left out: nothing.");
            return;
        }
        line("Left out: " + Numbers.count(decision.leftOut().size()));
        decision.leftOut().stream()
                .limit(LISTED)
                .forEach(one -> line("  " + one.of() + " " + one.caseId() + ": " + one.reason()));
        if (decision.leftOut().size() > LISTED) {
            line("  and " + Numbers.count(decision.leftOut().size() - LISTED) + " more, all in the record");
        }
    }

    private void sentences(String head, List<String> sentences) {
        if (!sentences.isEmpty()) {
            out.append('\n');
            line(head);
            sentences.forEach(sentence -> line("  " + sentence));
        }
    }

    private void triggers() {
        out.append('\n');
        line("Expires with another");
        for (Trigger trigger : decision.triggers()) {
            line("  " + trigger.name() + ": " + trigger.value()
                    + (trigger.days() == null ? "" : ", after " + trigger.days() + " days"));
        }
        if (decision.inputs().mix() == null) {
            line("  No workload mix was given, so a change of the workload is not noticed.");
        }
    }

    private static String kernel(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private static String time(double ns, Double low, Double high) {
        String interval = Numbers.plusMinus(ns, low, high);
        return Numbers.time(ns) + (interval.isEmpty() ? "" : " " + interval);
    }

    private static String time(Double ns) {
        return ns == null ? Numbers.NONE : Numbers.time(ns);
    }

    private static String value(Derived derived) {
        return derived == null ? Numbers.NONE : Numbers.significant(derived.value(), 3);
    }

    private static String figure(Derived derived) {
        return derived == null ? Numbers.NONE : Numbers.significant(derived.value(), 3) + " " + derived.unit();
    }

    private void line(String text) {
        out.append(Names.oneLine(text)).append('\n');
    }
}
