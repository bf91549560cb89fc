package dev.ridgepoint.analysis.compare;

/** From the logs of two sides' forks to {@link Figures}. */
final class Statistics {
    static final double CONFIDENCE = 0.95;

    private Statistics() {}

    /**
     * At least two forks a side.
     *
     * @param margin a ratio minus one
     * @param paired whether fork i of both belongs to block i; as many on both sides then
     * @param seed of the bootstrap
     */
    static Figures of(double[] base, double[] candidate, double margin, boolean paired, long seed) {
        TwoSamples test = paired ? TwoSamples.paired(base, candidate) : TwoSamples.welch(base, candidate);
        DetectableChange detectable =
                paired ? DetectableChange.paired(base, candidate) : DetectableChange.welch(base, candidate);
        double[] bootstrap = Beside.bootstrap(base, candidate, paired, seed);
        return new Figures(
                Math.exp(test.difference()),
                Math.exp(test.low(CONFIDENCE)),
                Math.exp(test.high(CONFIDENCE)),
                test.p(),
                test.pEquivalent(Math.log1p(margin)),
                detectable.atMargin(Math.log1p(margin)),
                detectable.atMargin(0),
                Math.exp(bootstrap[0]),
                Math.exp(bootstrap[1]),
                MannWhitney.p(base, candidate),
                Beside.cliffsDelta(base, candidate));
    }
}
