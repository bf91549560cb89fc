package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Derived;
import dev.ridgepoint.analysis.economics.Economics;
import dev.ridgepoint.analysis.serve.Arrivals;
import dev.ridgepoint.analysis.serve.ComposedStep;
import dev.ridgepoint.analysis.serve.MeasuredSteps;
import dev.ridgepoint.analysis.serve.Served;
import dev.ridgepoint.analysis.serve.Server;
import dev.ridgepoint.kernels.workload.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plays a load against every model and precision whose steps are whole; says of the others what they lack. */
final class Loads {
    private Loads() {}

    private record Key(String of, String condition, String model, String precision) {}

    static List<ServedOption> of(List<StepOption> steps, Arrivals arrivals, Map<String, Side> sides) {
        Map<Key, List<ComposedStep>> groups = new LinkedHashMap<>();
        for (StepOption one : steps) {
            groups.computeIfAbsent(
                            new Key(
                                    one.of(),
                                    one.condition(),
                                    one.step().model(),
                                    one.step().precision()),
                            key -> new ArrayList<>())
                    .add(one.step());
        }
        List<ServedOption> served = new ArrayList<>();
        groups.forEach((key, group) -> served.add(play(key, group, arrivals, sides.get(key.of()))));
        return served;
    }

    private static ServedOption play(Key key, List<ComposedStep> steps, Arrivals arrivals, Side side) {
        try {
            if (steps.stream().allMatch(step -> step.phase() == Phase.ENCODE)) {
                throw new IllegalArgumentException(
                        "an encoder writes no tokens; its latency is that of a batch, above");
            }
            Served played = Server.play(arrivals, MeasuredSteps.of(steps));
            String overload = played.overload();
            double rate = played.tokensPerSecond();
            Derived money = side.price() == null ? null : Economics.tokensPerMoney(rate, side.price());
            return new ServedOption(
                    key.of(),
                    key.condition(),
                    Served.LABEL,
                    key.model(),
                    key.precision(),
                    overload == null ? played.latencies() : List.of(),
                    rate,
                    money,
                    overload);
        } catch (IllegalArgumentException beyond) {
            return new ServedOption(
                    key.of(),
                    key.condition(),
                    Served.LABEL,
                    key.model(),
                    key.precision(),
                    List.of(),
                    null,
                    null,
                    beyond.getMessage());
        }
    }
}
