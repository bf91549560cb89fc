package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.ridgepoint.benchmarks.gate.DirectedProblems;
import dev.ridgepoint.benchmarks.gate.GateSurvey;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.RaceReading;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.cuda.adopt.AdoptedKernel;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.kernels.workload.Glob;
import dev.ridgepoint.kernels.workload.Workload;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--cases",
            paramLabel = "N",
            description = "At most so many cases a kernel (default: all there are).")
    private int cases = Integer.MAX_VALUE;

    @Option(
            names = "--every-distribution",
            description =
                    "Inputs of every kind there is; by default those that find most: normal, adversarial, non-finite.")
    private boolean everyDistribution;

    @Option(
            names = "--op",
            paramLabel = "GLOB",
            description = "Only kernels of these operations, such as attention or 'layer|rotate' (default: all).")
    private String op = "*";

    @Option(
            names = "--time-budget",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Ask no further case after this, such as 2m; what was not asked is counted as skipped.")
    private Duration budget;

    private Optional<String> watched = Optional.empty();

    @Override
    public Integer call() {
        List<GateSurvey.Outcome> outcomes = new ArrayList<>();
        PrintWriter out = spec.commandLine().getOut();
        StepsLine progress = new StepsLine(spec.commandLine().getErr(), "problems");
        long begun = System.nanoTime();
        GateSurvey.of(this::open, extent(), problems(), new GateSurvey.Listener() {
            @Override
            public void begins(Problem problem, int done, int all) {
                progress.begin(done, all, problem.id());
            }

            @Override
            public Optional<String> ends() {
                return budget != null && System.nanoTime() - begun > budget.toNanos()
                        ? Optional.of("not asked within --time-budget")
                        : Optional.empty();
            }

            @Override
            public void binds(Device device, KernelRow kernel) {
                watched = device.watchHazards(reading(kernel));
            }

            @Override
            public void found(GateSurvey.Outcome outcome) {
                outcomes.add(outcome);
                if (!main.json() && FAILURES.contains(outcome.outcome())) {
                    progress.done();
                    print(out, outcome);
                }
            }
        });
        progress.done();
        Map<String, Integer> counts = new TreeMap<>();
        outcomes.forEach(outcome -> counts.merge(outcome.outcome(), 1, Integer::sum));
        boolean good = FAILURES.stream().noneMatch(counts::containsKey);
        boolean again = good && watched.isPresent() && adoptedIsRight(outcomes);
        if (main.json()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("outcomes", outcomes.stream().map(Row::of).toList());
            answer.put("counts", counts);
            answer.put("casesAKernel", cases < Integer.MAX_VALUE ? cases : null);
            answer.put("watched", watched.orElse(null));
            if (again) {
                answer.put("toTheLetter", toTheLetter().map(Row::of).orElse(null));
            }
            JsonOut.print(out, answer);
        } else {
            printSkips(out, outcomes);
            out.println(KINDS.stream()
                    .map(kind -> counts.getOrDefault(kind, 0) + " " + kind)
                    .collect(Collectors.joining(", ")));
            if (cases < Integer.MAX_VALUE) {
                out.println("At most " + cases + " cases a kernel, as --cases asked: the others were not run.");
            }
            watched.ifPresent(hazards -> out.println("Watched beside results: " + hazards + "."));
            if (again) {
                printToTheLetter(out);
            }
        }
        out.flush();
        return (good ? ExitCode.OK : ExitCode.CHECK_FAILED).status();
    }

    /** The directed problems, and before them those that a kernel from outside was adopted for. */
    private List<Problem> problems() {
        Stream<Problem> own = backend.adopted() == null
                ? Stream.empty()
                : AdoptedKernel.load(backend.adopted()).workloads().stream().map(Workload::problem);
        return Stream.concat(own, DirectedProblems.all().stream()).distinct().toList();
    }

    private GateSurvey.Extent extent() {
        Glob.of(op).check("op", ShapeJson.OPS);
        if (cases < 1) {
            throw UserError.refused("--cases: expected at least 1, got " + cases);
        }
        return new GateSurvey.Extent(kernel -> kernels.mean(kernel) && isOfOp(kernel), cases, everyDistribution);
    }

    private boolean isOfOp(KernelRow kernel) {
        return Glob.of(op).matches(kernel.id().substring(0, kernel.id().indexOf('/')));
    }

    /** Nobody here can mend a kernel from outside: it must not be called wrong for what right kernels do. */
    private static RaceReading reading(KernelRow kernel) {
        return kernel instanceof AdoptedKernel ? RaceReading.AS_RELIED_ON : RaceReading.TO_THE_LETTER;
    }

    private boolean adoptedIsRight(List<GateSurvey.Outcome> outcomes) {
        if (backend.adopted() == null) {
            return false;
        }
        String adopted = AdoptedKernel.load(backend.adopted()).id();
        return outcomes.stream()
                .anyMatch(outcome ->
                        adopted.equals(outcome.subject()) && outcome.outcome().equals("correct"));
    }

    /** What the memory model read to the letter would say of a right kernel from outside; empty if nothing more. */
    private Optional<GateSurvey.Outcome> toTheLetter() {
        List<GateSurvey.Outcome> outcomes = new ArrayList<>();
        GateSurvey.Extent asked = extent();
        GateSurvey.Extent outside = new GateSurvey.Extent(
                kernel -> kernel instanceof AdoptedKernel && asked.kernels().test(kernel), cases, everyDistribution);
        GateSurvey.of(this::open, outside, problems(), new GateSurvey.Listener() {
            @Override
            public void binds(Device device, KernelRow kernel) {
                device.watchHazards(RaceReading.TO_THE_LETTER);
            }

            @Override
            public void found(GateSurvey.Outcome outcome) {
                outcomes.add(outcome);
            }
        });
        return outcomes.stream()
                .filter(outcome -> FAILURES.contains(outcome.outcome()))
                .findFirst();
    }

    /** The emulated driver's report, on standard error, comes between the two lines. */
    private void printToTheLetter(PrintWriter out) {
        out.println("Once more with the memory model read to the letter, which is no verdict:");
        out.flush();
        out.println(toTheLetter()
                .map(outcome -> "failed " + outcome.kase() + ": " + outcome.reason()
                        + ". Published kernels with right results do so, too.")
                .orElse("nothing more."));
    }

    /** The device, which must have a kernel that was asked for. */
    private Device open() {
        Device device = backend.open();
        try {
            kernels.of(device);
        } catch (UserError noSuchKernel) {
            device.close();
            throw noSuchKernel;
        }
        return device;
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
