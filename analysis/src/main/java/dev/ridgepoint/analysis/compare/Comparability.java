package dev.ridgepoint.analysis.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.ForkAim;
import dev.ridgepoint.results.json.JsonDiff;
import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether two cases may be compared.
 *
 * @param refusals why not
 * @param warnings what a reader must know if they are
 * @param differences of the question and the protocol, field by field; those of the context are the runs'
 * @param axes declared things that changed
 * @param context what differs around them
 */
record Comparability(
        Set<Reason> refusals,
        Set<Reason> warnings,
        List<Difference> differences,
        Set<String> axes,
        ContextDiff context) {

    /** How far two cases, or two runs, can be compared. */
    enum Level {
        OK,
        WARN,
        REFUSE
    }

    static Comparability of(Entry base, Entry candidate, ContextDiff context, Set<Reason> allowed) {
        Set<Reason> refusals = EnumSet.noneOf(Reason.class);
        List<Difference> differences = new ArrayList<>();
        List<Difference> protocol = base.protocol() == candidate.protocol()
                ? List.of()
                : JsonDiff.of(base.protocol(), candidate.protocol()).stream()
                        .filter(difference -> !difference.pointer().equals("/sha256"))
                        .filter(difference -> !onlyOfForks(difference, base.protocol(), candidate.protocol()))
                        .toList();
        if (!protocol.isEmpty()) {
            refusals.add(Reason.PROTOCOL_DIFFERS);
            protocol.forEach(difference -> differences.add(
                    new Difference("/protocol" + difference.pointer(), difference.left(), difference.right())));
        }
        if (base.asked() != null) {
            asked(base.asked(), candidate.asked(), refusals, differences);
        }
        if (context.otherDevice()) {
            refusals.add(Reason.OTHER_DEVICE);
        }
        Set<Reason> warnings = warnings(context);
        if (refusals.removeAll(allowed)) {
            warnings.add(Reason.OVERRIDDEN);
        }
        Set<String> axes = new TreeSet<>(context.axes());
        axes.addAll(Axis.of(base.subject(), candidate.subject()));
        return new Comparability(refusals, warnings, List.copyOf(differences), axes, context);
    }

    /**
     * Two sides that add forks until an aim is met time each fork alike: Welch's test takes as many as either has. A side
     * whose forks were counted beforehand is another protocol, for its spread was not looked at before it stopped.
     */
    private static boolean onlyOfForks(Difference difference, JsonNode base, JsonNode candidate) {
        String here = base.path("id").asText();
        String there = candidate.path("id").asText();
        boolean bothAim = ForkAim.in(here).isPresent() && ForkAim.in(there).isPresent();
        return bothAim
                && ForkAim.without(here).equals(ForkAim.without(there))
                && Set.of("/id", "/forks").contains(difference.pointer());
    }

    private static void asked(
            Entry.Asked base, Entry.Asked candidate, Set<Reason> refusals, List<Difference> differences) {
        differ("/domain", base.domain(), candidate.domain(), Reason.DOMAIN_DIFFERS, refusals, differences);
        differ(
                "/cacheState",
                base.cacheState(),
                candidate.cacheState(),
                Reason.CACHE_STATE_DIFFERS,
                refusals,
                differences);
        differ(
                "/inputs/distribution",
                base.distribution(),
                candidate.distribution(),
                Reason.INPUTS_DIFFER,
                refusals,
                differences);
        differ("/inputs/seed", base.seed(), candidate.seed(), Reason.INPUTS_DIFFER, refusals, differences);
        // Digests are missing where a case was not run, and then it has no time either.
        if (base.sha256() != null && candidate.sha256() != null) {
            differ("/inputs/sha256", base.sha256(), candidate.sha256(), Reason.INPUTS_DIFFER, refusals, differences);
        }
    }

    private static void differ(
            String pointer,
            Object base,
            Object candidate,
            Reason reason,
            Set<Reason> refusals,
            List<Difference> differences) {
        if (!Objects.equals(base, candidate)) {
            refusals.add(reason);
            differences.add(new Difference("/question" + pointer, String.valueOf(base), String.valueOf(candidate)));
        }
    }

    private static Set<Reason> warnings(ContextDiff context) {
        Set<Reason> warnings = EnumSet.noneOf(Reason.class);
        if (context.crossDevice()) {
            warnings.add(Reason.CROSS_DEVICE);
        }
        if (context.deviceUnknown()) {
            warnings.add(Reason.DEVICE_UNKNOWN);
        }
        // A new build is what comparing is for; anything else beside it a reader must know.
        if (!Set.of(Axis.BUILD).containsAll(context.axes())) {
            warnings.add(Reason.CONTEXT_DIFFERS);
        }
        return warnings;
    }

    Level level() {
        if (!refusals.isEmpty()) {
            return Level.REFUSE;
        }
        return warnings.isEmpty() ? Level.OK : Level.WARN;
    }

    /** Whether figures stand on one device under one protocol, so that a gate may use them. */
    boolean gateable() {
        return refusals.isEmpty()
                && Collections.disjoint(
                        warnings, Set.of(Reason.CROSS_DEVICE, Reason.DEVICE_UNKNOWN, Reason.OVERRIDDEN));
    }
}
