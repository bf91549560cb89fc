package dev.ridgepoint.analysis.bisect;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds in order, those that follow one another with the same kernel taken together: within a group no build can be slower
 * by its kernel.
 *
 * @param builds how many there are
 * @param groups at least one
 */
public record Groups(int builds, List<Group> groups) {
    /** Builds {@code first} to {@code last}, both counted from 0. */
    public record Group(int first, int last) {}

    /**
     * Where a kernel may have changed.
     *
     * @param before the last build of a group
     * @param after the first of the next
     * @param why what differs, or why nobody can tell
     */
    public record Suspect(int before, int after, String why) {}

    public Groups {
        groups = List.copyOf(groups);
    }

    /** Groups of the builds of which this is known. */
    public static Groups of(List<Evidence> builds) {
        if (builds.isEmpty()) {
            throw new IllegalArgumentException("builds: none");
        }
        List<Group> groups = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= builds.size(); i++) {
            if (i == builds.size() || builds.get(i - 1).to(builds.get(i)) != Evidence.Relation.SAME) {
                groups.add(new Group(first, i - 1));
                first = i;
            }
        }
        return new Groups(builds.size(), groups);
    }

    /** The places at which a kernel may have changed; none where all builds have one. */
    public List<Suspect> suspects(List<Evidence> evidence) {
        List<Suspect> suspects = new ArrayList<>();
        for (int i = 1; i < groups.size(); i++) {
            int before = groups.get(i - 1).last();
            int after = groups.get(i).first();
            suspects.add(new Suspect(before, after, evidence.get(before).difference(evidence.get(after))));
        }
        return suspects;
    }

    /** Comparisons that a search needs at the most: one of both ends, and one for each halving. */
    public int mostSteps() {
        return groups.size() < 2 ? 0 : 1 + halvings(groups.size() - 1);
    }

    /** The same if every build had to be suspected. */
    public int stepsWithoutEvidence() {
        return builds < 2 ? 0 : 1 + halvings(builds - 1);
    }

    private static int halvings(int places) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(places - 1);
    }
}
