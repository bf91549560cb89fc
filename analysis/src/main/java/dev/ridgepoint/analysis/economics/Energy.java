package dev.ridgepoint.analysis.economics;

/**
 * What the device's energy counter said over the measured iterations of a case.
 *
 * @param joulesPerCall all energy of the windows over all calls in them: what lay between calls is laid to them
 * @param watts the same energy over the windows' time
 * @param seconds how long the windows were, together
 */
public record Energy(double joulesPerCall, double watts, double seconds) {
    /** The counter moves in steps of a tenth of a second or so; over less than this its step is no small part. */
    public static final double LEAST_SECONDS = 1;

    /** How it is derived. */
    public static final String FORMULA =
            "J/call = sum of energy-counter deltas / calls, over measured iterations, gaps between calls included";
}
