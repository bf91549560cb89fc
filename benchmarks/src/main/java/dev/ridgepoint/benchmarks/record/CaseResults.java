package dev.ridgepoint.benchmarks.record;

import dev.ridgepoint.analysis.roofline.Reading;
import dev.ridgepoint.analysis.roofline.Roofline;
import dev.ridgepoint.analysis.stats.Timings;
import dev.ridgepoint.benchmarks.doctor.ContextOfRun;
import dev.ridgepoint.benchmarks.gate.Tally;
import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.ExpectedEffect;
import dev.ridgepoint.benchmarks.plan.RunSettings;
import dev.ridgepoint.benchmarks.plan.Skip;
import dev.ridgepoint.kernels.cuda.KernelImage;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.results.CaseKeys;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Question;
import dev.ridgepoint.results.Subject;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.Validity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns what forks brought into rows of the result. */
final class CaseResults {
    private static final double UNSTEADY_SHARE = 0.2;

    private static final String NO_KERNEL = "none";

    private final Context context;

    CaseResults(Context context) {
        this.context = context;
    }

    CaseResult of(Skip skip, RunSettings settings) {
        Question question = question(
                skip.problem(), settings.domain().id(), settings.cache().id(), settings.inputs(), null);
        return new CaseResult(
                skip.id(),
                CaseKeys.of(question),
                question,
                subject(NO_KERNEL, null, "unsupported"),
                skip.provenance(),
                skip.problem().work(),
                new Outcome.Skipped(skip.reason()),
                null);
    }

    CaseResult of(Cell cell, CaseProgress progress) {
        Passed passed = Passed.of(progress);
        Question question =
                question(cell.problem(), cell.domain().id(), cell.cache().id(), cell.inputs(), passed.inputsSha256());
        Outcome outcome = outcome(progress);
        return new CaseResult(
                cell.id(),
                CaseKeys.of(question),
                question,
                subject(cell.kernel(), passed.implementation(), cell.support()),
                cell.provenance(),
                cell.problem().work(),
                outcome,
                outcome instanceof Outcome.Measured measured
                        ? validity(cell, measured.timing(), progress.throttled())
                        : null);
    }

    private static Question question(
            Problem problem, String domain, String cacheState, Cell.Inputs inputs, String sha256) {
        return Question.of(
                problem,
                domain,
                cacheState,
                new Question.Inputs(inputs.distribution().id(), inputs.seed(), sha256));
    }

    private Subject subject(String kernel, String implementation, String support) {
        return new Subject(
                kernel,
                context.device().properties().get(ContextOfRun.BACKEND),
                context.device().properties().get(ContextOfRun.DRIVER),
                context.device().arch(),
                implementation,
                support,
                buildDigest(kernel));
    }

    /** Of the kernel's own image, so that two builds which share it are known to; of the jar where it has none. */
    private String buildDigest(String kernel) {
        Map<String, String> artifacts = context.build().artifacts();
        String image = artifacts.get(KernelImage.name(kernel));
        return image != null
                ? image
                : artifacts.getOrDefault(kernel, context.build().jarSha256());
    }

    private Outcome outcome(CaseProgress progress) {
        ForkOutcome settled = progress.settled();
        if (settled instanceof ForkOutcome.Incorrect incorrect) {
            return new Outcome.Incorrect(incorrect.reason(), incorrect.correctness());
        }
        if (settled instanceof ForkOutcome.Skipped skipped) {
            return new Outcome.Skipped(skipped.reason());
        }
        if (settled instanceof ForkOutcome.Failed failed) {
            return new Outcome.Failed(failed.reason());
        }
        if (!progress.simulated().isEmpty()) {
            return simulated(progress.simulated());
        }
        if (context.device().emulated()) {
            return new Outcome.Failed(
                    context.device().name() + " only plays a device, and was timed: its times are" + " worth nothing");
        }
        return new Outcome.Measured(
                Timings.summarise(progress.iterations(), Timings.CONFIDENCE), progress.correctness());
    }

    /** Counts are the same every time, or they are worth nothing. */
    private static Outcome simulated(Collection<ForkOutcome.Simulated> forks) {
        ForkOutcome.Simulated first = forks.iterator().next();
        boolean alike = forks.stream().allMatch(fork -> fork.counters().equals(first.counters()));
        return alike
                ? new Outcome.Simulated(
                        first.counters(),
                        forks.stream()
                                .map(ForkOutcome.Simulated::correctness)
                                .reduce(Tally::worst)
                                .orElseThrow())
                : new Outcome.Failed("the counters differ between forks of the same case");
    }

    /** What a fork that passed the gate says of what ran; unknown where none has. */
    private record Passed(String implementation, String inputsSha256) {
        static Passed of(CaseProgress progress) {
            if (progress.forks() > 0) {
                return new Passed(
                        progress.any().implementation(), progress.any().inputsSha256());
            }
            return progress.simulated().stream()
                    .findFirst()
                    .map(fork -> new Passed(fork.implementation(), fork.inputsSha256()))
                    .orElse(new Passed(null, null));
        }
    }

    private Validity validity(Cell cell, Timing timing, String throttled) {
        List<String> reasons = new ArrayList<>();
        int forks = timing.forks().size();
        boolean steady = timing.unsteadyForks() <= UNSTEADY_SHARE * forks;
        if (!steady) {
            reasons.add(timing.unsteadyForks() + " of " + forks + " forks never became steady");
        }
        if (throttled.equals("yes")) {
            reasons.add("the clocks were held back by heat, or by what feeds the device");
        }
        boolean enough = forks >= ExpectedEffect.FORKS_TO_REPORT;
        if (!enough) {
            reasons.add(String.format(Locale.ROOT, "%d of at least %d forks", forks, ExpectedEffect.FORKS_TO_REPORT));
        }
        Reading reading = Roofline.of(context, cell.problem().compute().id())
                .read(cell.problem().work(), timing.steadyNs(), cell.cache().id());
        reasons.addAll(reading.implausible());
        return new Validity(steady, throttled, enough, reading.plausible(), reasons);
    }
}
