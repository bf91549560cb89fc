package dev.ridgepoint.device.cuda.jni;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Where a driver keeps three counters that have ids and no function of their own: nanoseconds that clocks were held back by
 * software's thermal slowdown, by hardware's, and by the power brake. Versions of NVML's header number them differently, and
 * what is one of them in the first numbering is a switch in the second; so ids are used only as far as the driver bears them out.
 *
 * @param first the id of the first, the others following; 0 if none is used
 * @param says which are used, or why none is
 */
record SlowdownFields(int first, String says) {
    static final int COUNT = 3;

    /** {@code NVML_FI_DEV_PERF_POLICY_POWER}: what {@code nvmlDeviceGetViolationStatus} tells as well. */
    private static final int HELD_BY_POWER = 74;

    /** {@code NVML_FI_DEV_CLOCKS_EVENT_REASON_SW_THERM_SLOWDOWN}, as versions of the header have it. */
    private static final List<Integer> NUMBERINGS = List.of(251, 269);

    /**
     * Asks the driver: a counter known otherwise must agree, in its unit too, and exactly one numbering must be of counters.
     *
     * @param heldByPower nanoseconds by the function, -1 where it is not told
     * @param counts what three fields from an id on count, -1 for what is not told or is no counter
     */
    static SlowdownFields of(LongSupplier heldByPower, IntFunction<long[]> counts) {
        long before = heldByPower.getAsLong();
        long field = counts.apply(HELD_BY_POWER)[0];
        long after = heldByPower.getAsLong();
        if (field < 0 || before < 0) {
            return none("the driver does not tell field " + HELD_BY_POWER + " and what it stands for");
        }
        if (field < before || field > after) {
            return none("field " + HELD_BY_POWER + " is " + field + ", and its function tells " + after + " ns");
        }
        List<Integer> borne = NUMBERINGS.stream()
                .filter(first -> Arrays.stream(counts.apply(first)).allMatch(count -> count >= 0))
                .toList();
        if (borne.size() != 1) {
            return none("of the fields from " + NUMBERINGS.get(0) + " and from " + NUMBERINGS.get(1) + " on, "
                    + (borne.isEmpty() ? "none are" : "both are") + " counters");
        }
        int first = borne.get(0);
        return new SlowdownFields(first, "fields " + first + " to " + (first + COUNT - 1));
    }

    private static SlowdownFields none(String why) {
        return new SlowdownFields(0, "none: " + why);
    }
}
