package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Derived;
import dev.ridgepoint.analysis.economics.Energy;
import dev.ridgepoint.analysis.serve.Served;
import dev.ridgepoint.analysis.stats.Percentiles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What a decision takes for granted, what it does not say, and its formulas; each only where it applies. */
final class Premises {
    private final List<Side> sides;
    private final DecideOptions options;
    private final List<StepOption> steps;
    private final List<ServedOption> served;
    private final List<MixOption> mix;

    Premises(
            List<Side> sides,
            DecideOptions options,
            List<StepOption> steps,
            List<ServedOption> served,
            List<MixOption> mix) {
        this.sides = sides;
        this.options = options;
        this.steps = steps;
        this.served = served;
        this.mix = mix;
    }

    List<String> formulas() {
        Set<String> formulas = new LinkedHashSet<>();
        formulas.add("GFLOP/s = least FLOPs of a call / steady time");
        formulas.add("error = sqrt(storing^2 + arithmetic^2): relative error of storing normal data in the format, and"
                + " of the arithmetic on the data as stored, against the oracle");
        if (!steps.isEmpty()) {
            formulas.add("step = sum over measured roles of layers * steady time of the fastest kernel;"
                    + " tokens/s = tokens a step / step");
        }
        if (!mix.isEmpty()) {
            formulas.add(
                    "time of the mix = sum over problems of launches in the trace * steady time of the fastest kernel");
        }
        boolean metered = sides.stream()
                .anyMatch(side -> side.measured().stream().anyMatch(result -> side.energy(result.id()) != null));
        if (metered) {
            formulas.add(Energy.FORMULA);
        }
        derived().filter(Objects::nonNull).map(Derived::formula).forEach(formulas::add);
        return List.copyOf(formulas);
    }

    private Stream<Derived> derived() {
        Stream<Derived> money = Questions.of(sides).stream()
                .filter(question -> question.answers().size() > 1)
                .flatMap(question -> question.answers().stream())
                .map(Answer::workPerMoney);
        Stream<Derived> ofSteps =
                steps.stream().flatMap(one -> Stream.of(one.tokensPerJoule(), one.ratePerWatt(), one.tokensPerMoney()));
        Stream<Derived> ofLoads = served.stream().map(ServedOption::tokensPerMoney);
        return Stream.of(money, ofSteps, ofLoads, mix.stream().map(MixOption::passesPerMoney))
                .flatMap(each -> each);
    }

    List<String> assumptions() {
        List<String> assumptions = new ArrayList<>();
        if (options.prices() != null) {
            assumptions.add("A price is for the whole device for the whole hour, and the device does nothing else; the"
                    + " run may have used a part of it. Currencies are never converted.");
        }
        if (!steps.isEmpty()) {
            assumptions.add("A step's kernels run one after the other, each as fast as it was measured alone, in the"
                    + " layers the catalogue lists.");
        }
        if (!served.isEmpty()) {
            assumptions.add(
                    "The server takes waiting prompts one at a time, first come, first served, before the next step"
                            + " of the batch; the batch holds as many sequences as the largest one measured, and memory holds"
                            + " all caches.");
            assumptions.add(
                    "A batch takes the time of the next larger one measured, a step that of its sequences' mean"
                            + " length; between measured lengths time is a straight line, and nothing goes beyond the longest.");
            assumptions.add("Of drawn arrivals the first tenth is warm-up and is not counted.");
        }
        return assumptions;
    }

    List<String> limits() {
        List<String> limits = new ArrayList<>();
        limits.add("No score and no order of merit: which dimension matters is for whoever decides.");
        limits.add("Differences smaller than the intervals are none; 'ridgepoint compare' and 'ab' judge them.");
        boolean chosen =
                steps.stream().flatMap(one -> one.step().parts().stream()).anyMatch(part -> part.chosenOf() > 1);
        if (chosen) {
            limits.add(
                    "Where several kernels of a run answered, the fastest stands in a step: chosen and timed on the same"
                            + " run, it looks a little faster than it is.");
        }
        if (!steps.isEmpty()) {
            limits.add(
                    "A rate from kernels is an upper bound: norms, activations, sampling, launches, missing roles and the"
                            + " server only add time.");
            limits.add(
                    "The error of a step is that of its worst kernel. How errors add up over layers, and what they do to"
                            + " answers, no kernel tells.");
        }
        if (!served.isEmpty()) {
            limits.add("Latencies are " + Served.LABEL + ": no server was measured, and kernels are not all that"
                    + " takes a server's time.");
            limits.add(
                    "A percentile is shown where " + Math.round(Percentiles.LEAST_IN_TAIL)
                            + " effective requests lie beyond it, once neighbours that met the same queue are counted as fewer.");
            limits.add("Energy under load is absent: what a device draws between steps was not measured.");
        }
        limits.add(
                "Energy comes from the device's counter during the run or is absent; nothing rests on a TDP or a peak.");
        return limits;
    }
}
