package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Derived;
import dev.ridgepoint.analysis.economics.Economics;
import dev.ridgepoint.analysis.economics.Energy;
import dev.ridgepoint.analysis.serve.ComposedStep;
import dev.ridgepoint.analysis.serve.StepComposer;
import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.results.CaseResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models' steps on every alternative; kernels of one run, domain, cache state and kind of inputs, never mixed. */
final class Steps {
    private Steps() {}

    static List<StepOption> of(List<Side> sides) {
        StepComposer composer = new StepComposer(Catalogue.load());
        List<StepOption> steps = new ArrayList<>();
        for (Side side : sides) {
            Map<String, List<CaseResult>> conditions = new LinkedHashMap<>();
            for (CaseResult result : side.measured()) {
                conditions
                        .computeIfAbsent(Side.condition(result.question()), name -> new ArrayList<>())
                        .add(result);
            }
            conditions.forEach((condition, cases) ->
                    composer.compose(cases).forEach(step -> steps.add(option(side, condition, step))));
        }
        steps.sort(Comparator.comparing((StepOption one) -> one.step().model())
                .thenComparing(one -> one.step().phase())
                .thenComparing(one -> one.step().batch())
                .thenComparing(one -> one.step().length())
                .thenComparing(StepOption::of)
                .thenComparing(one -> one.step().precision()));
        return steps;
    }

    private static StepOption option(Side side, String condition, ComposedStep step) {
        double rate = step.tokensPerSecond();
        double joules = 0;
        double wattNs = 0;
        boolean metered = step.complete();
        for (ComposedStep.Part part : step.parts()) {
            Energy energy = side.energy(part.caseId());
            if (energy == null) {
                metered = false;
                break;
            }
            joules += part.times() * energy.joulesPerCall();
            wattNs += part.times() * part.ns() * energy.watts();
        }
        Derived tokensPerJoule = metered ? Economics.tokensPerJoule(step.tokens(), joules) : null;
        Derived ratePerWatt = metered ? Economics.rateForPower(rate, wattNs / step.ns()) : null;
        Derived money = side.price() == null || !step.complete() ? null : Economics.tokensPerMoney(rate, side.price());
        return new StepOption(
                side.label(),
                condition,
                ComposedStep.LABEL,
                step,
                step.ns(),
                rate,
                step.worstError(),
                tokensPerJoule,
                ratePerWatt,
                money);
    }
}
