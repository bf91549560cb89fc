package dev.ridgepoint.analysis.calibrate;

import dev.ridgepoint.analysis.compare.CompareOptions;
import dev.ridgepoint.analysis.compare.DetectableChange;
import dev.ridgepoint.analysis.compare.TwoSamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;

/**
 * From runs of the same code to what this box shows. Of each case two samples of fresh forks are drawn from a model of its
 * own ({@link ForkModel}) and compared as {@code compare} would, before correction: what is called is a false alarm.
 * Then the same with one side slowed in the figures: what is called is found. Where the same code was run more than
 * once, neighbouring runs are compared as they are; where it was run slowed, so are these forks.
 */
public final class Calibrate {
    /** Forks a side, as a gate takes them. */
    public static final int FORKS = 5;

    /** No margin is smaller: less moves no decision. */
    static final double LEAST_MARGIN = 0.01;

    /** Of a family's cases, this many must be able to show its margin. */
    static final double SHOWING = 0.8;

    /** Share of comparisons of the same code that may be called, before correction. */
    static final double FALSE_ALARMS = 0.02;

    static final double MOST_MARGIN = 0.99;
    private static final double STEP = 0.005;
    private static final int TRIALS = 200;
    private static final long SEED = 20261122;

    private Calibrate() {}

    /**
     * Calibrates.
     *
     * @param bundles of the same code under the same circumstances
     * @param planted slowdown to look for, as a ratio minus one
     * @param slowed forks that took turns with those of the last of these bundles and were really slowed by that, or null
     * @throws IllegalArgumentException where they are not, or hold no valid case of two forks
     */
    public static Calibration of(List<Path> bundles, double planted, Path slowed) throws IOException {
        requireSlowdown(planted);
        SameCode same = SameCode.read(bundles);
        Map<String, List<TwoSamples>> slowdowns =
                slowed == null ? Map.of() : SlowedCode.against(bundles.get(bundles.size() - 1), slowed);
        List<Calibration.Family> families = new ArrayList<>();
        for (Map.Entry<String, List<SameCode.Case>> family : same.families().entrySet()) {
            List<TwoSamples> really = slowdowns.getOrDefault(family.getKey(), List.of());
            families.add(family(family.getKey(), family.getValue(), planted, really));
        }
        if (families.isEmpty()) {
            throw new IllegalArgumentException("no bundle has a valid case of two forks or more");
        }
        return new Calibration(
                Calibration.SCHEMA,
                same.device().name(),
                same.device().uuidSha256(),
                same.protocol(),
                same.runIds(),
                FORKS,
                planted,
                "Drawn from a model of each case's forks, " + TRIALS + " comparisons a case, seed " + SEED
                        + (slowed == null
                                ? "; the slowdown is planted in the figures, not in the code."
                                : "; slowdowns in the figures, and in forks of their own."),
                families);
    }

    /** @throws IllegalArgumentException where it is none that could be planted */
    public static void requireSlowdown(double planted) {
        if (!(planted > 0 && planted < 1)) {
            throw new IllegalArgumentException(
                    "inject: expected a slowdown above 0 and below 100 %, got " + 100 * planted);
        }
    }

    /** @param really comparisons with forks that were slowed */
    static Calibration.Family family(String name, List<SameCode.Case> cases, double planted, List<TwoSamples> really) {
        List<TwoSamples> tests = new ArrayList<>();
        List<TwoSamples> pairs = new ArrayList<>();
        double[] sds = new double[cases.size()];
        int fewest = Integer.MAX_VALUE;
        Random random = new Random(SEED);
        for (int i = 0; i < sds.length; i++) {
            SameCode.Case one = cases.get(i);
            ForkModel model = new ForkModel(one.logs());
            sds[i] = model.sd();
            fewest = Math.min(fewest, one.logs().length);
            for (int trial = 0; trial < TRIALS; trial++) {
                tests.add(TwoSamples.welch(model.draw(FORKS, random), model.draw(FORKS, random)));
            }
            for (int run = 1; run < one.runs().size(); run++) {
                pairs.add(TwoSamples.welch(one.runs().get(run - 1), one.runs().get(run)));
            }
        }
        Arrays.sort(sds);
        double margin = margin(tests, mde(sds[(int) Math.ceil(SHOWING * sds.length) - 1]));
        return new Calibration.Family(
                name,
                cases.size(),
                fewest,
                sds[sds.length / 2],
                mde(sds[sds.length / 2]),
                margin,
                (double) called(tests, margin) / tests.size(),
                (double) slower(tests, Math.log1p(planted), margin) / tests.size(),
                pairs.size(),
                called(pairs, margin),
                really.size(),
                slower(really, 0, margin),
                really.isEmpty() ? null : Math.expm1(median(really)));
    }

    private static double median(List<TwoSamples> tests) {
        return StatUtils.percentile(
                tests.stream().mapToDouble(TwoSamples::difference).toArray(), 50);
    }

    private static double mde(double sd) {
        return DetectableChange.alike(FORKS, sd).atMargin(0);
    }

    /** The least margin that enough cases can show and that the same code rarely exceeds. */
    private static double margin(List<TwoSamples> tests, double shown) {
        double margin = Math.max(LEAST_MARGIN, shown);
        while (margin < CompareOptions.CROSS_DEVICE_MARGIN && called(tests, margin) > FALSE_ALARMS * tests.size()) {
            margin += STEP;
        }
        // A margin must be one: of a box as noisy as this nothing can be gated, and the MDE says so.
        return Math.min(margin, MOST_MARGIN);
    }

    /** Calls either way. */
    private static int called(List<TwoSamples> tests, double margin) {
        return (int) tests.stream()
                .filter(test -> Math.abs(test.difference()) > Math.log1p(margin) && test.p() <= DetectableChange.ALPHA)
                .count();
    }

    /** Calls of a slowdown, the second side being slower by {@code shift}. */
    private static int slower(List<TwoSamples> tests, double shift, double margin) {
        return (int) tests.stream()
                .map(test -> new TwoSamples(test.difference() + shift, test.error(), test.df()))
                .filter(test -> test.difference() > Math.log1p(margin) && test.p() <= DetectableChange.ALPHA)
                .count();
    }
}
