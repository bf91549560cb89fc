package dev.ridgepoint.analysis.classify;

/** What limits a kernel on one box in one precision. Never decides the workload class. */
public enum Regime {
    /** Intensity well above the ridge: the multipliers are the limit. */
    COMPUTE_BOUND,
    /** Intensity well below the ridge: the memory bus is the limit. */
    BANDWIDTH_BOUND,
    /** Intensity within x1.25 of the ridge on either side: neither can be named honestly. */
    RIDGE,
    /** The roofline time is under the launch floor: starting the kernel costs more than running it. */
    LAUNCH_BOUND
}
