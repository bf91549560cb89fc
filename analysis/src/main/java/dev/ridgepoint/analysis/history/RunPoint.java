package dev.ridgepoint.analysis.history;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Timing;

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
    static RunPoint of(CaseResult result) {
        Timing timing = result.timing();
        if (timing == null) {
            return null;
        }
        double sum = 0;
        for (Timing.Fork fork : timing.forks()) {
            sum += Math.log(fork.steadyNs());
        }
        String driver = result.subject().driver();
        return new RunPoint(
                result.caseKey(),
                result.subject().kernel() + " by " + result.subject().backend()
                        + (driver == null ? "" : " on the " + driver + " driver"),
                result.id(),
                Math.round(sum / timing.forks().size() * LOG_UNITS) / LOG_UNITS,
                timing.forks().size(),
                result.validity().valid());
    }
}
