package dev.ridgepoint.analysis.stats;

import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;

/** The rule a gate judges by, in commons-math's words, so that the simulation shares no formula with the MDE. */
final class WelchRule {
    private WelchRule() {}

    static boolean callsSlower(double[] baseLogs, double[] candidateLogs) {
        double effect = StatUtils.mean(candidateLogs) - StatUtils.mean(baseLogs);
        return effect > Math.log(1.03) && new TTest().tTest(baseLogs, candidateLogs) < 0.05;
    }
}
