package dev.ridgepoint.analysis.bisect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.bisect.Evidence.Relation;
import dev.ridgepoint.analysis.compare.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchTest {
    @Test
    void kernelsAreTheSameOnlyByADigestAndNoCounterAgainstIt() {
        Evidence one = new Evidence(Map.of("k.fatbin", "a"), Map.of("sectors", 4L), null);
        assertEquals(Relation.SAME, one.to(new Evidence(Map.of("k.fatbin", "a"), Map.of(), null)));
        assertEquals(Relation.DIFFERENT, one.to(new Evidence(Map.of("k.fatbin", "b"), Map.of("sectors", 4L), null)));
        Evidence relaunched = new Evidence(Map.of("k.fatbin", "a"), Map.of("sectors", 8L), null);
        assertEquals(Relation.DIFFERENT, one.to(relaunched));
        assertTrue(one.difference(relaunched).contains("the same image; 1 count differs: sectors 4 and 8"));
        assertEquals(Relation.UNKNOWN, one.to(new Evidence(Map.of(), Map.of("sectors", 4L), null)));
        assertEquals(Relation.UNKNOWN, Evidence.NONE.to(Evidence.NONE));
        Evidence build = new Evidence(Map.of(), Map.of("sectors", 4L), "a");
        assertEquals(Relation.SAME, build.to(new Evidence(Map.of("k.fatbin", "a"), Map.of(), "a")));
        assertEquals(
                Relation.UNKNOWN, build.to(new Evidence(Map.of(), Map.of(), "b")), "another jar, the same kernel?");
        assertEquals(Relation.DIFFERENT, build.to(new Evidence(Map.of(), Map.of("sectors", 8L), "a")));
    }

    @Test
    void eightBuildsOfThreeKernelsTakeTwoComparisons() throws IOException {
        Groups groups = Groups.of(builds("aabbbccc"));
        assertEquals(List.of(new Groups.Group(0, 1), new Groups.Group(2, 4), new Groups.Group(5, 7)), groups.groups());
        assertEquals(2, groups.mostSteps());
        assertEquals(4, groups.stepsWithoutEvidence());
        for (int firstBad : new int[] {2, 5}) {
            List<Integer> asked = new ArrayList<>();
            Search.Outcome outcome = Search.of(groups, build -> {
                asked.add(build);
                return says(build >= firstBad ? Verdict.SLOWER : Verdict.EQUIVALENT);
            });
            assertEquals(Search.End.FOUND, outcome.end());
            assertEquals(firstBad, outcome.firstBad());
            assertEquals(firstBad - 1, outcome.lastGood());
            assertEquals(List.of(7, 2), asked, "both ends, and the middle kernel");
        }
    }

    /** What noise hides a margin in may still be far from the step. */
    @Test
    void anOpenIntervalFarBelowTheStepIsGood() throws IOException {
        Groups groups = Groups.of(builds("abc"));
        Search.Judgement ends = new Search.Judgement(Verdict.SLOWER, 4.5, 4, 5, 0.1, 5, 5);
        for (double high : new double[] {1.99, 2.01, Double.NaN}) {
            Search.Judgement between = new Search.Judgement(Verdict.INCONCLUSIVE, 1.1, 0.6, high, 0.9, 5, 500);
            Search.Outcome outcome = Search.of(groups, build -> build == 2 ? ends : between);
            assertEquals(high < 2 ? Search.End.FOUND : Search.End.OPEN, outcome.end());
            assertEquals(high < 2 ? 1 : 0, outcome.lastGood());
        }
    }

    @Test
    void everyPlaceIsFoundWithinTheStepsThatWereForetold() throws IOException {
        for (int builds = 2; builds <= 20; builds++) {
            Groups groups = Groups.of(IntStream.range(0, builds)
                    .mapToObj(i -> new Evidence(Map.of("k", Integer.toString(i)), Map.of(), null))
                    .toList());
            for (int bad = 1; bad < builds; bad++) {
                int firstBad = bad;
                Search.Outcome outcome =
                        Search.of(groups, build -> says(build >= firstBad ? Verdict.SLOWER : Verdict.FASTER));
                assertEquals(firstBad, outcome.firstBad());
                assertTrue(outcome.steps().size() <= groups.mostSteps());
            }
        }
    }

    @Test
    void whatCannotBeToldEndsTheSearch() throws IOException {
        Groups groups = Groups.of(builds("abcd"));
        Search.Outcome open = Search.of(groups, build -> says(build == 3 ? Verdict.SLOWER : Verdict.INCONCLUSIVE));
        assertEquals(Search.End.OPEN, open.end());
        assertEquals(0, open.lastGood());
        assertEquals(3, open.firstBad());
        assertEquals(2, open.steps().size());
        assertEquals(
                Search.End.NO_REGRESSION,
                Search.of(groups, build -> says(Verdict.EQUIVALENT)).end());
        assertEquals(
                Search.End.OPEN,
                Search.of(groups, build -> says(Verdict.INVALID)).end());
    }

    @Test
    void oneKernelThroughoutIsNotMeasured() throws IOException {
        Search.Outcome outcome = Search.of(Groups.of(builds("aaaa")), build -> {
            throw new AssertionError("nothing to ask");
        });
        assertEquals(Search.End.SAME_KERNEL, outcome.end());
    }

    /** A build of which nothing is known may be anything. */
    @Test
    void whatIsNotKnownIsSuspected() {
        List<Evidence> builds = new ArrayList<>(builds("aaa"));
        builds.set(1, Evidence.NONE);
        assertEquals(3, Groups.of(builds).groups().size());
        assertEquals(
                "no digest in common", Groups.of(builds).suspects(builds).get(0).why());
    }

    private static List<Evidence> builds(String kernels) {
        return kernels.chars()
                .mapToObj(kernel -> new Evidence(Map.of("k.fatbin", Character.toString(kernel)), Map.of(), null))
                .toList();
    }

    private static Search.Judgement says(Verdict verdict) {
        return new Search.Judgement(verdict, 1, 0.99, 1.01, 0.03, 10, 12);
    }
}
