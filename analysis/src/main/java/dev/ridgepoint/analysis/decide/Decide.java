package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.PriceList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts alternatives side by side. */
public final class Decide {
    private static final int MOST = 26;

    private Decide() {}

    /**
     * Reads bundles, validates them and holds them side by side.
     *
     * @param bundles folders of runs, one or more; precisions and kernels within one are alternatives too
     * @throws IOException in one line, where an input is not what it should be
     */
    public static Decision of(List<Path> bundles, DecideOptions options) throws IOException {
        if (bundles.isEmpty() || bundles.size() > MOST) {
            throw new IllegalArgumentException("bundles: expected 1 to " + MOST + ", got " + bundles.size());
        }
        List<Side> sides = new ArrayList<>();
        List<Alternative> alternatives = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Path bundle : bundles) {
            Side side = Side.read(Character.toString('A' + sides.size()), bundle, options.prices());
            Alternative alternative = side.alternative();
            if (!seen.add(alternative.sha256())) {
                throw new IllegalArgumentException("bundles: " + bundle + " is there twice");
            }
            sides.add(side);
            alternatives.add(alternative);
        }
        List<SharedQuestion> questions = Questions.of(sides);
        List<SharedQuestion> shared =
                questions.stream().filter(one -> one.answers().size() > 1).toList();
        List<StepOption> steps = Steps.of(sides);
        List<ServedOption> served =
                options.arrivals() == null ? List.of() : Loads.of(steps, options.arrivals(), prices(sides));
        List<MixOption> mix = options.mix() == null ? List.of() : Mixes.of(sides, options.mix());
        Premises premises = new Premises(sides, options, steps, served, mix);
        return new Decision(
                Decision.FORMAT,
                Decision.SCHEMA,
                options.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                inputs(alternatives, options),
                triggers(sides, options),
                alternatives,
                shared,
                questions.size() - shared.size(),
                steps,
                served,
                mix,
                sides.stream().flatMap(side -> side.leftOut().stream()).toList(),
                premises.formulas(),
                premises.assumptions(),
                premises.limits());
    }

    private static Map<String, Side> prices(List<Side> sides) {
        Map<String, Side> byLabel = new LinkedHashMap<>();
        sides.forEach(side -> byLabel.put(side.label(), side));
        return byLabel;
    }

    private static Decision.Inputs inputs(List<Alternative> alternatives, DecideOptions options) {
        PriceList prices = options.prices();
        return new Decision.Inputs(
                alternatives.stream().map(Alternative::sha256).toList(),
                prices == null ? null : prices.sha256(),
                options.arrivals() == null ? null : options.arrivals().sha256(),
                options.arrivals() == null ? null : options.arrivals().description(),
                options.mix() == null ? null : options.mix().sha256());
    }

    private static List<Trigger> triggers(List<Side> sides, DecideOptions options) {
        Set<Trigger> triggers = new LinkedHashSet<>();
        for (Side side : sides) {
            triggers.addAll(side.triggers());
        }
        for (Side side : sides) {
            if (side.price() != null) {
                String device = side.price().device();
                triggers.add(
                        new Trigger(Trigger.PRICE, device, null, side.price().sentence(), null));
                triggers.add(new Trigger(
                        Trigger.PRICE_AGE, device, null, side.price().asOf(), options.priceDays()));
            }
        }
        if (options.mix() != null) {
            triggers.add(
                    new Trigger(Trigger.MIX, "the workload", null, options.mix().sha256(), null));
        }
        return List.copyOf(triggers);
    }
}
