package dev.ridgepoint.analysis.targets;

import dev.ridgepoint.analysis.compare.TwoSamples;
import dev.ridgepoint.analysis.report.RunFigures;
import dev.ridgepoint.analysis.report.RunFigures.Figure;
import dev.ridgepoint.analysis.roofline.MixedBandwidth;
import dev.ridgepoint.analysis.stats.Timings;
import dev.ridgepoint.kernels.shape.WorkModel;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How a run stands to the targets. Figures are those that may stand alone. Of two cases the interval is Welch's on log fork means, as
 * {@code compare} has it; of a bandwidth it is the case's own, for the probes' bandwidth, the best of many tries, has none.
 *
 * @param note what keeps every figure from answering, null where nothing does
 */
public record TargetStudy(RunFigures run, List<TargetAnswer> answers, String note) {
    public TargetStudy {
        answers = List.copyOf(answers);
    }

    /** Validates a bundle, reads it and holds it against the targets that come with Ridgepoint. */
    public static TargetStudy of(Path bundle) throws IOException {
        return of(Targets.load(), RunFigures.of(bundle));
    }

    static TargetStudy of(Targets targets, RunFigures run) {
        Context.Device device = run.context().device();
        String untimed = untimed(device);
        Choosing choosing = new Choosing(targets, run);
        String elsewhere = untimed == null ? targets.elsewhere(device) : null;
        List<TargetAnswer> answers = targets.targets().stream()
                .map(target -> {
                    if (untimed != null) {
                        return TargetAnswer.notMeasured(target, untimed);
                    }
                    TargetAnswer answer = answer(target, choosing, run.context());
                    return elsewhere == null ? answer : answer.elsewhere(elsewhere);
                })
                .toList();
        return new TargetStudy(run, answers, untimed == null ? elsewhere : untimed);
    }

    /** Why no time of a device may answer, null on a GPU. */
    private static String untimed(Context.Device device) {
        if (device.emulated()) {
            return "emulated: counts, and no times";
        }
        return device.kind().equals("gpu") ? null : "a CPU, not a GPU";
    }

    private static TargetAnswer answer(Target target, Choosing choosing, Context context) {
        Choosing.Found ours = choosing.find(target.ours());
        if (ours.figure() == null) {
            return TargetAnswer.notMeasured(target, ours.reason());
        }
        if (target.over() == null) {
            return overBandwidth(
                    target,
                    ours,
                    context.peaks() == null ? null : context.peaks().measured());
        }
        Choosing.Found over = choosing.find(target.over());
        if (over.figure() == null) {
            return TargetAnswer.notMeasured(target, over.reason());
        }
        Ratio ratio = target.kind()
                .of(
                        times(ours.figure().timing(), over.figure().timing()),
                        ours.figure().result().work(),
                        over.figure().result().work());
        return new TargetAnswer(
                target, target.verdict(ratio), ours.figure(), ours.among(), over.figure(), null, ratio, null);
    }

    private static TargetAnswer overBandwidth(Target target, Choosing.Found ours, Context.Measured peaks) {
        WorkModel work = ours.figure().result().work();
        boolean readsAlone = target.kind() == RatioKind.READ;
        double bytes = readsAlone ? work.bytesRead() : work.bytes();
        OptionalDouble reached = MixedBandwidth.of(peaks).gigabytesPerSecond(readsAlone ? 1 : work.bytesRead() / bytes);
        if (reached.isEmpty()) {
            return TargetAnswer.notMeasured(
                    target,
                    "the run has no " + (readsAlone ? "read" : "read, copy and triad") + " bandwidth of its device");
        }
        Ratio ratio = rate(ours.figure(), bytes).times(1 / reached.getAsDouble());
        return new TargetAnswer(
                target, target.verdict(ratio), ours.figure(), ours.among(), null, reached.getAsDouble(), ratio, null);
    }

    private static Ratio rate(Figure figure, double bytes) {
        Timing timing = figure.timing();
        return new Ratio(bytes / timing.steadyNs(), bytes / timing.ciHighNs(), bytes / timing.ciLowNs());
    }

    /** A case's time over another's, from their forks. */
    private static Ratio times(Timing ours, Timing over) {
        TwoSamples test = TwoSamples.welch(logs(over), logs(ours));
        return new Ratio(
                Math.exp(test.difference()),
                Math.exp(test.low(Timings.CONFIDENCE)),
                Math.exp(test.high(Timings.CONFIDENCE)));
    }

    private static double[] logs(Timing timing) {
        return timing.forks().stream()
                .mapToDouble(fork -> Math.log(fork.steadyNs()))
                .toArray();
    }

    /** Targets by verdict, in the order of verdicts; each is named. */
    public Map<TargetVerdict, Long> counts() {
        Map<TargetVerdict, Long> counts = new LinkedHashMap<>();
        for (TargetVerdict verdict : TargetVerdict.values()) {
            counts.put(
                    verdict,
                    answers.stream()
                            .filter(answer -> answer.verdict() == verdict)
                            .count());
        }
        return counts;
    }

    /** Whether a gate was missed. */
    public boolean missed() {
        return counts().get(TargetVerdict.MISSED) > 0;
    }

    /** Whether every gate was met. */
    public boolean passed() {
        return answers.stream()
                .allMatch(answer ->
                        answer.verdict() == TargetVerdict.GOAL_MET || answer.verdict() == TargetVerdict.GATE_MET);
    }
}
