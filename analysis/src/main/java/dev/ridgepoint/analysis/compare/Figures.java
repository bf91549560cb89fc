package dev.ridgepoint.analysis.compare;

/**
 * What the forks of a case say, before it is known how many cases there are.
 *
 * @param ratio candidate's time over base's: above 1 is slower
 * @param low lower bound of the ratio's 95 % interval
 * @param high upper bound
 * @param p two-sided, of no change at all
 * @param pEquivalent of a change as large as the margin or larger: the larger of two one-sided tests
 * @param mde the slowdown, a ratio minus one, that the whole rule would call with 80 % power, margin included
 * @param testMde the slowdown that the test alone would show with 80 % power
 * @param bootstrapLow lower bound of the bootstrap's 95 % interval of the ratio, resampling forks
 * @param bootstrapHigh upper bound
 * @param mannWhitneyP two-sided, of forks' order alone, blocks not counted
 * @param cliffsDelta -1 where every fork of the candidate is faster than every one of the base, 1 where slower
 */
record Figures(
        double ratio,
        double low,
        double high,
        double p,
        double pEquivalent,
        double mde,
        double testMde,
        double bootstrapLow,
        double bootstrapHigh,
        double mannWhitneyP,
        double cliffsDelta) {}
