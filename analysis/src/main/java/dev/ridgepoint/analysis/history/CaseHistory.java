package dev.ridgepoint.analysis.history;

import java.util.List;

/**
 * One case, answered by one kernel, under one set of circumstances.
 *
 * @param key digest of the question
 * @param subject who answered
 * @param benchmark the case's name in its latest run
 * @param circumstances number of the set-up
 * @param runs numbers of its runs, ascending
 * @param ns steady nanoseconds a call in each
 * @param p chance of such a series without any change; 1 where it is too short to tell
 * @param q the same, corrected for the number of series; null where it is too short
 * @param changes of level, in order
 * @param leftOut runs whose figure of this case was not valid
 */
public record CaseHistory(
        String key,
        String subject,
        String benchmark,
        int circumstances,
        int[] runs,
        double[] ns,
        double p,
        Double q,
        List<Change> changes,
        int leftOut) {

    /**
     * A change of level.
     *
     * @param at index into {@code runs} of the first run at the new level
     * @param ratio time after over time before, from the change before to the change after
     * @param low lower bound of its 95 % interval, by Welch's t on logs of runs
     * @param high upper bound
     * @param p by permutation
     */
    public record Change(int at, double ratio, double low, double high, double p) {}
}
