package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.results.Subject;
import java.util.Objects;
import java.util.Set;

/** Whether two cases are the same thing run under the same circumstances. */
final class Identity {
    /** Times of these are the device's own: the host's jar has no part in them. */
    private static final Set<String> OF_DEVICE = Set.of("device-event", "graph-replay");

    private Identity() {}

    static boolean same(Entry base, Entry candidate, Comparability comparability) {
        Subject subject = base.subject();
        boolean known = subject != null && subject.buildDigest() != null && subject.implementation() != null;
        if (!known || !subject.equals(candidate.subject()) || !base.measured() || !candidate.measured()) {
            return false;
        }
        boolean inputs = base.asked().sha256() != null && Objects.equals(base.asked(), candidate.asked());
        Set<String> free = OF_DEVICE.contains(base.asked().domain()) ? Set.of(Axis.BUILD) : Set.of();
        return inputs
                && comparability.level() != Comparability.Level.REFUSE
                && comparability.differences().isEmpty()
                && comparability.context().sameBut(free);
    }
}
