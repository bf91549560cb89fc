package dev.ridgepoint.analysis.history;

import dev.ridgepoint.results.bundle.CaseGlance;

/**
 * What a history needs of one measured case of one run.
 *
 * @param key digest of the question
 * @param subject kernel, binding and driver that answered, in words
 * @param benchmark the case's name
 * @param log mean over forks of the logarithm of their nanoseconds a call
 * @param forks how many forks that is
 * @param valid whether the run found nothing wrong with the figure
 */
record RunPoint(String key, String subject, String benchmark, double log, int forks, boolean valid) {

    /** Logarithms are whole numbers of this part, which read fast from a file: far below any clock's noise. */
    static final double LOG_UNITS = 1e12;

    /** Null of a case that was not measured. */
    static RunPoint of(CaseGlance seen) {
        double[] forkNs = seen.forkNs();
        if (forkNs.length == 0) {
            return null;
        }
        double sum = 0;
        for (double ns : forkNs) {
            sum += Math.log(ns);
        }
        return new RunPoint(
                seen.caseKey(),
                seen.kernel() + " by " + seen.backend()
                        + (seen.driver() == null ? "" : " on the " + seen.driver() + " driver"),
                seen.id(),
                Math.round(sum / forkNs.length * LOG_UNITS) / LOG_UNITS,
                forkNs.length,
                seen.valid());
    }
}
