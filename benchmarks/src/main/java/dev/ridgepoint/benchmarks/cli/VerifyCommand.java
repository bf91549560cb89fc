package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.ridgepoint.benchmarks.gate.DirectedProblems;
import dev.ridgepoint.benchmarks.gate.GateSurvey;
import dev.ridgepoint.benchmarks.plan.Refusals;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.cuda.adopt.AdoptedKernel;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.Workload;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final List<String> KINDS = List.of("correct", "incorrect", "failed", "skipped");
    private static final Set<String> FAILURES = Set.of("incorrect", "failed");

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BackendOptions backend;

    @Mixin
    private KernelOptions kernels;

    @Override
    public Integer call() {
        List<GateSurvey.Outcome> outcomes = new ArrayList<>();
        PrintWriter out = spec.commandLine().getOut();
        survey(outcome -> {
            outcomes.add(outcome);
            if (!main.json() && FAILURES.contains(outcome.outcome())) {
                print(out, outcome);
            }
        });
        Map<String, Integer> counts = new TreeMap<>();
        outcomes.forEach(outcome -> counts.merge(outcome.outcome(), 1, Integer::sum));
        if (main.json()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("outcomes", outcomes.stream().map(Row::of).toList());
            answer.put("counts", counts);
            JsonOut.print(out, answer);
        } else {
            printSkips(out, outcomes);
            out.println(KINDS.stream()
                    .map(kind -> counts.getOrDefault(kind, 0) + " " + kind)
                    .collect(Collectors.joining(", ")));
        }
        out.flush();
        boolean good = FAILURES.stream().noneMatch(counts::containsKey);
        return (good ? ExitCode.OK : ExitCode.CHECK_FAILED).status();
    }

    /** Surveys the device; what goes wrong on closing it, a leak or a kernel's late failure, is an outcome too. */
    private void survey(Consumer<GateSurvey.Outcome> outcomes) {
        try (Device device = backend.open()) {
            List<? extends KernelRow> meant = kernels.of(device);
            GateSurvey.of(device, meant, problems(meant), outcomes);
        } catch (DeviceException onClosing) {
            outcomes.accept(new GateSurvey.Outcome("closing the device", null, "failed", onClosing.getMessage()));
        }
    }

    /** The directed problems, and those that kernels from outside were adopted for, which come first. */
    private List<Problem> problems(List<? extends KernelRow> meant) {
        Stream<Problem> own = meant.stream()
                .filter(AdoptedKernel.class::isInstance)
                .flatMap(kernel -> ((AdoptedKernel) kernel).workloads().stream())
                .map(Workload::problem);
        return Stream.concat(own, DirectedProblems.all().stream())
                .distinct()
                .filter(problem ->
                        kernels.all() || meant.stream().anyMatch(kernel -> Refusals.isMeantFor(kernel, problem)))
                .toList();
    }

    /** A line a reason: how often, and where first. */
    private static void printSkips(PrintWriter out, List<GateSurvey.Outcome> outcomes) {
        Map<String, List<GateSurvey.Outcome>> byReason = new LinkedHashMap<>();
        outcomes.stream()
                .filter(outcome -> outcome.outcome().equals("skipped"))
                .forEach(outcome -> byReason.computeIfAbsent(outcome.reason(), reason -> new ArrayList<>())
                        .add(outcome));
        byReason.forEach((reason, skipped) -> {
            GateSurvey.Outcome first = skipped.get(0);
            String example = first.subject() == null ? first.kase() : first.subject() + " on " + first.kase();
            out.println("skipped " + skipped.size() + "x: " + reason + " (" + example + ")");
        });
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
