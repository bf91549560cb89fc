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
        double logMargin = Math.log1p(margin);
        return new Figures(test, CONFIDENCE, logMargin, new OfForks(base, candidate, logMargin, paired, seed));
    }

    /** The forks, kept for what is asked later. */
    private record OfForks(double[] base, double[] candidate, double logMargin, boolean paired, long seed)
            implements Figures.Beyond {
        @Override
        public Spreads.Seen spread() {
            return DetectableChange.seen(base, candidate, paired);
        }

        @Override
        public DetectableChange detectable(Spreads others) {
            return paired
                    ? DetectableChange.paired(base, candidate, others)
                    : DetectableChange.welch(base, candidate, others);
        }

        @Override
        public double[] bootstrap() {
            return Beside.bootstrap(base, candidate, paired, seed);
        }

        @Override
        public double mannWhitneyP() {
            return MannWhitney.p(base, candidate);
        }

        @Override
        public double cliffsDelta() {
            return Beside.cliffsDelta(base, candidate);
        }
    }
}
