package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Derived;
import dev.ridgepoint.analysis.economics.Energy;
import dev.ridgepoint.analysis.economics.Price;
import dev.ridgepoint.analysis.tradeoff.TradeOff;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Weighs the kernels of every alternative by a mix, over the problems that all of them answered. */
final class Mixes {
    private static final double NS_AN_HOUR = 3600e9;

    private Mixes() {}

    private record Group(Side side, String condition, Map<String, CaseResult> fastest) {}

    static List<MixOption> of(List<Side> sides, Mix mix) {
        List<Group> groups = new ArrayList<>();
        for (Side side : sides) {
            Map<String, Map<String, CaseResult>> conditions = new LinkedHashMap<>();
            for (CaseResult result : side.measured()) {
                conditions
                        .computeIfAbsent(Side.condition(result.question()), name -> new HashMap<>())
                        .merge(problem(result), result, Mixes::faster);
            }
            conditions.forEach((condition, fastest) -> groups.add(new Group(side, condition, fastest)));
        }
        List<Mix.Entry> common = mix.problems().stream()
                .filter(one -> groups.stream().allMatch(group -> group.fastest().containsKey(problem(one))))
                .toList();
        return common.isEmpty()
                ? List.of()
                : groups.stream().map(group -> option(group, common)).toList();
    }

    private static String problem(CaseResult result) {
        return ShapeJson.parse(result.question().op(), result.question().shape())
                        .id() + " " + result.question().precision();
    }

    private static String problem(Mix.Entry entry) {
        return entry.shape() + " " + entry.precision();
    }

    private static CaseResult faster(CaseResult one, CaseResult other) {
        return one.timing().steadyNs() <= other.timing().steadyNs() ? one : other;
    }

    private static MixOption option(Group group, List<Mix.Entry> common) {
        double ns = 0;
        double share = 0;
        double worst = 0;
        double joules = 0;
        boolean metered = true;
        for (Mix.Entry entry : common) {
            CaseResult result = group.fastest().get(problem(entry));
            ns += entry.launches() * result.timing().steadyNs();
            share += entry.share();
            double arithmetic =
                    ((Outcome.Measured) result.outcome()).correctness().relFrobenius();
            worst = Math.max(
                    worst, Math.hypot(TradeOff.operands(result.question()), Double.isNaN(arithmetic) ? 0 : arithmetic));
            Energy energy = group.side().energy(result.id());
            metered &= energy != null;
            joules += energy == null ? 0 : entry.launches() * energy.joulesPerCall();
        }
        Price price = group.side().price();
        return new MixOption(
                group.side().label(),
                group.condition(),
                common.size(),
                share,
                ns,
                worst,
                metered ? joules : null,
                price == null
                        ? null
                        : new Derived(
                                "mixes per money",
                                NS_AN_HOUR / ns / price.amount(),
                                "mixes/" + price.currency(),
                                "mixes/" + price.currency() + " = 3600 s / time of the mix / price of an hour"));
    }
}
