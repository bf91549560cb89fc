package dev.ridgepoint.analysis.bisect;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of one kernel in one build without timing it.
 *
 * @param digests of the images that hold its code, by name
 * @param counters what it did on the emulated driver, by name: the same every time, and dependent on how it is launched too
 * @param whole digest of all that is built, null where nobody knows: of one build there is one kernel, and of two nothing
 *     follows
 */
public record Evidence(Map<String, String> digests, Map<String, Long> counters, String whole) {
    /** Nothing is known. */
    public static final Evidence NONE = new Evidence(Map.of(), Map.of(), null);

    /** Whether two builds' kernels can differ. */
    public enum Relation {
        /** Every digest and every counter that both have is equal, and there is a digest, be it of the whole build. */
        SAME,
        /** One is not. */
        DIFFERENT,
        /** They have none in common. */
        UNKNOWN
    }

    public Evidence {
        digests = Collections.unmodifiableMap(new TreeMap<>(digests));
        counters = Collections.unmodifiableMap(new TreeMap<>(counters));
    }

    /** How two builds' kernels relate; counts alike and no digest in common prove nothing. */
    public Relation to(Evidence other) {
        if (!differing(digests, other.digests).isEmpty()
                || !differing(counters, other.counters).isEmpty()) {
            return Relation.DIFFERENT;
        }
        boolean common = !Collections.disjoint(digests.keySet(), other.digests.keySet());
        return common || oneBuild(other) ? Relation.SAME : Relation.UNKNOWN;
    }

    private boolean oneBuild(Evidence other) {
        return whole != null && whole.equals(other.whole);
    }

    /** What differs, in words; or why nobody can tell. */
    public String difference(Evidence other) {
        Set<String> images = differing(digests, other.digests);
        Set<String> counts = differing(counters, other.counters);
        StringBuilder words = new StringBuilder();
        if (!images.isEmpty()) {
            words.append("another ").append(String.join(", ", images));
        } else if (Collections.disjoint(digests.keySet(), other.digests.keySet())) {
            words.append(oneBuild(other) ? "the same build" : "no digest in common");
        } else {
            words.append("the same image");
        }
        if (!counts.isEmpty()) {
            String first = counts.contains("warpInstructions")
                    ? "warpInstructions"
                    : counts.iterator().next();
            words.append("; ")
                    .append(counts.size())
                    .append(counts.size() == 1 ? " count differs: " : " counts differ, such as ")
                    .append(first)
                    .append(' ')
                    .append(counters.get(first))
                    .append(" and ")
                    .append(other.counters.get(first));
        } else if (!Collections.disjoint(counters.keySet(), other.counters.keySet())) {
            words.append("; counts alike");
        }
        return words.toString();
    }

    private static <V> Set<String> differing(Map<String, V> here, Map<String, V> there) {
        Set<String> names = new TreeSet<>(here.keySet());
        names.retainAll(there.keySet());
        names.removeIf(name -> here.get(name).equals(there.get(name)));
        return names;
    }
}
