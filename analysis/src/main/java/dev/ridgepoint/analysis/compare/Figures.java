package dev.ridgepoint.analysis.compare;

/**
 * What the forks of a case say, before it is known how many cases there are. What decides a verdict is worked out at
 * once; what only a reader asks for is worked out when asked for, since it takes ten times as long and most of ten
 * thousand cases are quiet. Both ways it is the same figure every time.
 */
final class Figures {
    private final double ratio;
    private final double p;
    private final double pEquivalent;
    private final TwoSamples test;
    private final double confidence;
    private final Beyond beyond;
    private final Spreads others;

    // Worked out by whoever comes first; a second one at the same time works out the same.
    private volatile Double half;
    private volatile DetectableChange detectable;
    private volatile Double mde;
    private volatile Double testMde;
    private volatile double[] bootstrap;

    /**
     * Figures of a test; ratios are of the candidate's time over the base's.
     *
     * @param margin of equivalence, a log ratio
     */
    Figures(TwoSamples test, double confidence, double margin, Beyond beyond) {
        this.ratio = Math.exp(test.difference());
        this.p = test.p();
        this.pEquivalent = test.pEquivalent(margin);
        this.test = test;
        this.confidence = confidence;
        this.beyond = beyond;
        this.others = Spreads.UNKNOWN;
    }

    private Figures(Figures alone, Spreads others) {
        this.ratio = alone.ratio;
        this.p = alone.p;
        this.pEquivalent = alone.pEquivalent;
        this.test = alone.test;
        this.confidence = alone.confidence;
        this.beyond = alone.beyond;
        this.others = others;
    }

    /** The same, now that it is known how the forks of the other cases vary. */
    Figures among(Spreads all) {
        return new Figures(this, all);
    }

    /** How much a fork varies. */
    Spreads.Seen spread() {
        return beyond.spread();
    }

    /** What takes its time to work out, from the same forks. */
    interface Beyond {
        /** What these forks would show. */
        DetectableChange detectable(Spreads others);

        /** Logarithm of the ratio that a change has to exceed. */
        double logMargin();

        /** How much a fork varies. */
        Spreads.Seen spread();

        /** Bounds of the bootstrap's interval of the difference of mean logs. */
        double[] bootstrap();

        /** Two-sided, of forks' order alone. */
        double mannWhitneyP();

        double cliffsDelta();
    }

    /** Candidate's time over base's: above 1 is slower. */
    double ratio() {
        return ratio;
    }

    /** Lower bound of the ratio's 95 % interval. */
    double low() {
        return Math.exp(test.difference() - half());
    }

    /** Upper bound of it. */
    double high() {
        return Math.exp(test.difference() + half());
    }

    /** Half the width of the interval of the log: its quantile takes longer than the test. */
    private double half() {
        Double known = half;
        if (known == null) {
            known = test.half(confidence);
            half = known;
        }
        return known;
    }

    /** Two-sided, of no change at all. */
    double p() {
        return p;
    }

    /** Of a change as large as the margin or larger: the larger of two one-sided tests. */
    double pEquivalent() {
        return pEquivalent;
    }

    /** The slowdown, a ratio minus one, that the whole rule would call with 80 % power, margin included. */
    double mde() {
        Double known = mde;
        if (known == null) {
            known = detectable().atMargin(beyond.logMargin());
            mde = known;
        }
        return known;
    }

    /** The slowdown that the test alone would show with 80 % power. */
    double testMde() {
        Double known = testMde;
        if (known == null) {
            known = detectable().atMargin(0);
            testMde = known;
        }
        return known;
    }

    private DetectableChange detectable() {
        DetectableChange known = detectable;
        if (known == null) {
            known = beyond.detectable(others);
            detectable = known;
        }
        return known;
    }

    /** Lower bound of the bootstrap's 95 % interval of the ratio, resampling forks. */
    double bootstrapLow() {
        return Math.exp(bootstrap()[0]);
    }

    /** Upper bound of it. */
    double bootstrapHigh() {
        return Math.exp(bootstrap()[1]);
    }

    private double[] bootstrap() {
        double[] known = bootstrap;
        if (known == null) {
            known = beyond.bootstrap();
            bootstrap = known;
        }
        return known;
    }

    /** Two-sided, of forks' order alone, blocks not counted. */
    double mannWhitneyP() {
        return beyond.mannWhitneyP();
    }

    /** -1 where every fork of the candidate is faster than every one of the base, 1 where slower. */
    double cliffsDelta() {
        return beyond.cliffsDelta();
    }

    /** Works out what is kept, for outputs that show everything; the rest takes no longer to ask for twice. */
    void inFull() {
        half();
        mde();
        testMde();
        bootstrap();
    }
}
