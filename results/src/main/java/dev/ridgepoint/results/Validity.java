package dev.ridgepoint.results;

import java.util.List;

/**
 * Whether a measured figure may be a headline or part of a gate; apart from whether it is right.
 *
 * @param steady at most a fifth of the forks never became steady
 * @param throttled {@code no}, {@code yes} or {@code unknown}
 * @param enoughForks at least 5 to gate, at least 3 to report
 * @param plausible no rate above a declared or measured ceiling
 * @param reasons one sentence for each thing that is wrong; empty where the figure is valid
 */
public record Validity(boolean steady, String throttled, boolean enoughForks, boolean plausible, List<String> reasons) {
    public Validity {
        reasons = List.copyOf(reasons);
    }

    /** Whether the figure may stand as a headline. */
    public boolean valid() {
        return reasons.isEmpty();
    }
}
