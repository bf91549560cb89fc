package dev.ridgepoint.analysis.compare;

import java.util.Set;

/**
 * How to judge.
 *
 * @param margin least change worth calling, as a ratio minus one
 * @param paired whether fork i of both sides was taken in the same block, so that differences within blocks count
 * @param allowed differences that would refuse a case and are let pass, printed
 * @param margins that count instead of the one for the kinds of case they know, or null
 */
public record CompareOptions(double margin, boolean paired, Set<Reason> allowed, Margins margins) {
    /** The margin where the user asks for none. */
    public static final double MARGIN = 0.03;

    /** GPUs of one SKU differ by up to this much from each other: less says nothing about a change. */
    public static final double CROSS_DEVICE_MARGIN = 0.22;

    /** What may be allowed. */
    public static final Set<Reason> ALLOWABLE = Set.of(
            Reason.PROTOCOL_DIFFERS,
            Reason.DOMAIN_DIFFERS,
            Reason.CACHE_STATE_DIFFERS,
            Reason.INPUTS_DIFFER,
            Reason.OTHER_DEVICE);

    public CompareOptions {
        allowed = Set.copyOf(allowed);
        if (!(margin > 0 && margin < 1)) {
            throw new IllegalArgumentException("margin: expected a ratio above 0 and below 1, got " + margin);
        }
        if (!ALLOWABLE.containsAll(allowed)) {
            throw new IllegalArgumentException("allow: expected some of " + ALLOWABLE + ", got " + allowed);
        }
    }

    /** One margin for all cases. */
    public CompareOptions(double margin, boolean paired, Set<Reason> allowed) {
        this(margin, paired, allowed, null);
    }

    /** The margin for a kind of case. */
    double margin(String family) {
        return margins == null ? margin : margins.of(family, margin);
    }

    /** The margin of 3 %, unpaired, nothing allowed. */
    public static CompareOptions standard() {
        return new CompareOptions(MARGIN, false, Set.of());
    }
}
