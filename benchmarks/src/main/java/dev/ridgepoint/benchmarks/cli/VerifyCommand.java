package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.ridgepoint.benchmarks.gate.DirectedProblems;
import dev.ridgepoint.benchmarks.gate.GateSurvey;
import dev.ridgepoint.device.Device;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint verify}: every gate once, nothing timed. */
@Command(
        name = "verify",
        description = "Run every kernel's gate once on small, difficult cases; exit 1 if any is incorrect.")
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BackendOptions backend;

    @Override
    public Integer call() {
        List<GateSurvey.Outcome> outcomes = new ArrayList<>();
        PrintWriter out = spec.commandLine().getOut();
        try (Device device = backend.open()) {
            GateSurvey.of(device, DirectedProblems.all(), outcome -> {
                outcomes.add(outcome);
                if (!main.json() && !outcome.outcome().equals("correct")) {
                    print(out, outcome);
                }
            });
        }
        Map<String, Integer> counts = new TreeMap<>();
        outcomes.forEach(outcome -> counts.merge(outcome.outcome(), 1, Integer::sum));
        if (main.json()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("outcomes", outcomes.stream().map(Row::of).toList());
            answer.put("counts", counts);
            JsonOut.print(out, answer);
        } else {
            out.println(counts);
        }
        out.flush();
        boolean good = !counts.containsKey("incorrect") && !counts.containsKey("failed");
        return (good ? ExitCode.OK : ExitCode.CHECK_FAILED).status();
    }

    private static void print(PrintWriter out, GateSurvey.Outcome outcome) {
        String subject = outcome.subject() == null ? "" : " by " + outcome.subject();
        out.println(outcome.outcome() + " " + outcome.kase() + subject + ": " + outcome.reason());
        out.flush();
    }

    /** An outcome by the names it has in JSON. */
    @JsonPropertyOrder({"case", "subject", "outcome", "reason"})
    private record Row(@JsonProperty("case") String kase, String subject, String outcome, String reason) {
        static Row of(GateSurvey.Outcome outcome) {
            return new Row(outcome.kase(), outcome.subject(), outcome.outcome(), outcome.reason());
        }
    }
}
