package dev.ridgepoint.device.conformance.counters;

import java.util.List;

/**
 * Hardware's counters held against the emulated driver's.
 *
 * @param compared kernels
 * @param within kernels all of whose counters are within {@link KernelCounters#TOLERANCE}
 * @param differences of the others, one line each
 */
public record CounterReport(int compared, int within, List<String> differences) {
    /** The share of kernels that must be within. */
    public static final double REQUIRED = 0.95;

    /** Whether enough are within; nothing compared is nothing wrong. */
    public boolean good() {
        return within >= REQUIRED * compared;
    }
}
