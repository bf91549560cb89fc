package dev.ridgepoint.analysis.audit;

import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.roofline.Reading;
import dev.ridgepoint.analysis.roofline.Roofline;
import dev.ridgepoint.analysis.stats.Timings;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Timing;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** One measured case: what it states, held against what its iterations give. */
final class CaseAudit {
    /** Orders of summation and JDKs differ in the last places. */
    private static final double RELATIVE = 1e-9;

    private final CaseResult result;
    private final Consumer<Discrepancy> found;
    private int figures;

    private CaseAudit(CaseResult result, Consumer<Discrepancy> found) {
        this.result = result;
        this.found = found;
    }

    /**
     * Derives a case's figures again.
     *
     * @return how many were held against what is published
     */
    static int of(CaseResult result, Context context, List<IterationLine> lines, Consumer<Discrepancy> found) {
        CaseAudit audit = new CaseAudit(result, found);
        if (lines.isEmpty()) {
            found.accept(new Discrepancy(result.id(), "iterations", "a time", "no samples to derive it from"));
            return 0;
        }
        try {
            Timing stated = result.timing();
            Timing derived = Timings.summarise(lines, stated.confidence());
            audit.timing(stated, derived);
            audit.validity(derived, context);
        } catch (IllegalArgumentException unusable) {
            found.accept(new Discrepancy(result.id(), "iterations", "a time", unusable.getMessage()));
        }
        return audit.figures;
    }

    private void timing(Timing stated, Timing derived) {
        figure("steadyNs", stated.steadyNs(), derived.steadyNs());
        figure("ciLowNs", stated.ciLowNs(), derived.ciLowNs());
        figure("ciHighNs", stated.ciHighNs(), derived.ciHighNs());
        figure("betweenForkCv", stated.betweenForkCv(), derived.betweenForkCv());
        figure("mde", stated.mde(), derived.mde());
        figure("bestNs", stated.bestNs(), derived.bestNs());
        figure("effectiveSamples", stated.effectiveSamples(), derived.effectiveSamples());
        Set<String> percentiles = new TreeSet<>(stated.percentiles().keySet());
        percentiles.addAll(derived.percentiles().keySet());
        percentiles.forEach(name -> figure(
                name, stated.percentiles().get(name), derived.percentiles().get(name)));
        fact("forks", stated.forks().size(), derived.forks().size());
        for (int i = 0; i < Math.min(stated.forks().size(), derived.forks().size()); i++) {
            Timing.Fork one = stated.forks().get(i);
            Timing.Fork other = derived.forks().get(i);
            String fork = "fork " + one.fork() + " ";
            fact(fork + "number", one.fork(), other.fork());
            figure(fork + "steadyNs", one.steadyNs(), other.steadyNs());
            fact(fork + "steadyFrom", one.steadyFrom(), other.steadyFrom());
            fact(fork + "warmups", one.warmups(), other.warmups());
            fact(fork + "iterations", one.iterations(), other.iterations());
        }
    }

    /** A figure may claim less than its samples bear out: what was thrown out for another reason is no lie. */
    private void validity(Timing derived, Context context) {
        fact(
                "validity.steady",
                result.validity().steady(),
                5 * derived.unsteadyForks() <= derived.forks().size());
        Roofline roofline = Roofline.of(context, result.question().types().compute());
        Reading reading = roofline.read(
                result.work(), derived.steadyNs(), result.question().cacheState());
        figures++;
        if (result.validity().plausible() && !reading.plausible()) {
            found.accept(new Discrepancy(
                    result.id(), "validity.plausible", "true", String.join("; ", reading.implausible())));
        }
    }

    private void figure(String name, Double stated, Double derived) {
        figures++;
        boolean same = stated == null || derived == null ? stated == derived : close(stated, derived);
        if (!same) {
            found.accept(new Discrepancy(result.id(), name, String.valueOf(stated), String.valueOf(derived)));
        }
    }

    private void fact(String name, Object stated, Object derived) {
        figures++;
        if (!stated.equals(derived)) {
            found.accept(new Discrepancy(result.id(), name, Names.oneLine(stated.toString()), derived.toString()));
        }
    }

    private static boolean close(double stated, double derived) {
        return Math.abs(stated - derived) <= RELATIVE * Math.max(Math.abs(stated), Math.abs(derived));
    }
}
