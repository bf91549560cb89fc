package dev.ridgepoint.analysis.serve;

import dev.ridgepoint.kernels.workload.Phase;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Steps composed of measured kernels, and what lies between them: a batch is padded up to the next one measured, as servers
 * do that replay captured graphs; between two measured lengths time is a straight line, and shorter ones than any measured
 * take as long as the shortest. Nothing is extended beyond the longest.
 */
public final class MeasuredSteps implements StepTimes {
    private final NavigableMap<Long, NavigableMap<Long, Double>> decode = new TreeMap<>();
    private final NavigableMap<Long, Double> prefill = new TreeMap<>();

    private MeasuredSteps() {}

    /**
     * The times of complete steps of one model in one precision.
     *
     * @throws IllegalArgumentException saying what is missing, where no step or no prompt is complete
     */
    public static MeasuredSteps of(List<ComposedStep> steps) {
        MeasuredSteps times = new MeasuredSteps();
        for (ComposedStep step : steps) {
            if (step.complete() && step.phase() == Phase.DECODE) {
                times.decode
                        .computeIfAbsent(step.batch(), batch -> new TreeMap<>())
                        .put(step.length(), step.ns());
            } else if (step.complete() && step.phase() == Phase.PREFILL && step.batch() == 1) {
                times.prefill.put(step.length(), step.ns());
            }
        }
        times.require(times.decode.isEmpty(), "decode step", steps, Phase.DECODE);
        times.require(times.prefill.isEmpty(), "prompt of a single sequence", steps, Phase.PREFILL);
        return times;
    }

    private void require(boolean absent, String what, List<ComposedStep> steps, Phase phase) {
        if (absent) {
            String nearest = steps.stream()
                    .filter(step -> step.phase() == phase)
                    .min((one, other) -> one.missing().size() - other.missing().size())
                    .map(step -> "; " + step.pass() + " lacks " + step.missing().size() + " of "
                            + (step.missing().size() + step.parts().size()) + " roles")
                    .orElse("; none was measured");
            throw new IllegalArgumentException("no " + what + " has all of its kernels" + nearest);
        }
    }

    @Override
    public double decodeNs(int batch, double context) {
        for (Map.Entry<Long, NavigableMap<Long, Double>> at :
                decode.tailMap((long) batch, true).entrySet()) {
            if (at.getValue().lastKey() >= context) {
                return between(at.getValue(), context);
            }
        }
        throw new IllegalArgumentException("no step of " + batch + " sequences of " + context + " keys was measured");
    }

    @Override
    public double prefillNs(long tokens) {
        return between(prefill, tokens);
    }

    private static double between(NavigableMap<Long, Double> points, double at) {
        Map.Entry<Long, Double> above = points.ceilingEntry((long) Math.ceil(at));
        Map.Entry<Long, Double> below = points.lowerEntry(above.getKey());
        if (below == null || above.getKey() == at) {
            return above.getValue();
        }
        double share = (at - below.getKey()) / (above.getKey() - below.getKey());
        return below.getValue() + share * (above.getValue() - below.getValue());
    }

    @Override
    public int largestBatch() {
        return Math.toIntExact(decode.lastKey());
    }

    @Override
    public long longestContext() {
        return decode.lastEntry().getValue().lastKey();
    }

    @Override
    public long longestPrompt() {
        return prefill.lastKey();
    }
}
