package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.results.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fresh forks decide in a gate of two stages, and which runs with added forks may be compared at all. */
class CompareStagesTest {
    /** Forks so far apart that nothing can be told of them. */
    private static final double[] WIDE = {800, 1250, 1000, 900, 1100};

    @TempDir
    private Path folder;

    private int written;

    /** 1 is slower for good, 2 was unlucky, 3 could not be told, 4 is quiet and would now be slower. */
    private Path[] stages(String freshBuild) throws IOException {
        Path base = write(new MadeRun()
                .with(of(1, 1000))
                .with(of(2, 1000))
                .with(of(3, 1000).forks(WIDE))
                .with(of(4, 1000)));
        Path candidate = write(new MadeRun()
                .build("2")
                .with(of(1, 1100))
                .with(of(2, 1100))
                .with(of(3, 1000).forks(WIDE))
                .with(of(4, 1000)));
        Path fresh = folder.resolve("fresh" + written++);
        new MadeRun()
                .with(fresh(1, 1000))
                .with(fresh(2, 1000))
                .with(fresh(3, 1000))
                .with(fresh(4, 1000))
                .write(fresh.resolve("a"));
        new MadeRun()
                .build(freshBuild)
                .with(fresh(1, 1080))
                .with(fresh(2, 1001))
                .with(fresh(3, 1002))
                .with(fresh(4, 1200))
                .write(fresh.resolve("b"));
        return new Path[] {base, candidate, fresh};
    }

    @Test
    void freshForksDecideWhatTheFirstStageFlaggedOrLeftOpenAndNothingElse() throws IOException {
        Path[] stages = stages("2");
        Cli.Answer one = compare(stages[0], stages[1], "--gate");
        assertEquals(1, one.status());
        assertEquals(
                Map.of(
                        "made/case1",
                        "SLOWER",
                        "made/case2",
                        "SLOWER",
                        "made/case3",
                        "INCONCLUSIVE",
                        "made/case4",
                        "EQUIVALENT"),
                verdicts(one));

        Cli.Answer two = compare(stages[0], stages[1], "--gate", "--confirmed", stages[2].toString());
        assertEquals(1, two.status());
        assertEquals(
                Map.of(
                        "made/case1",
                        "SLOWER",
                        "made/case2",
                        "EQUIVALENT",
                        "made/case3",
                        "EQUIVALENT",
                        "made/case4",
                        "EQUIVALENT"),
                verdicts(two));
        JsonNode json = json(two);
        assertEquals(1.08, json.at("/cases/0/ratio").asDouble(), 1e-3, "of the fresh forks alone");
        assertTrue(json.at("/cases/0/reasons").toString().contains("FRESH_FORKS"));
        assertFalse(json.at("/cases/3/reasons").toString().contains("FRESH_FORKS"), "it was settled");
        assertEquals(3, json.at("/secondStage/open").asInt());
        assertEquals(3, json.at("/secondStage/decided").asInt());
        assertEquals(
                "SLOWER",
                json.at("/secondStage/firstVerdicts").path("made/case2").asText());
        assertEquals("[\"REGRESSION\"]", json.at("/gate/reasons").toString());
        String said = Cli.run(
                        "compare", stages[0].toString(), stages[1].toString(), "--confirmed", stages[2].toString())
                .out();
        assertTrue(said.contains("Two stages: of 3 cases"), said);
    }

    @Test
    void forksOfAnotherBuildConfirmNothing() throws IOException {
        Path[] stages = stages("3");
        Cli.Answer answer = compare(stages[0], stages[1], "--confirmed", stages[2].toString());
        assertEquals(2, answer.status());
        assertTrue(answer.error().contains("not of the build of " + stages[1]), answer.error());
        assertEquals(1, answer.error().lines().count());
    }

    /** A flag is not cleared by forks that say nothing. */
    @Test
    void freshForksThatAreUnsteadyLeaveTheFlag() throws IOException {
        Path base = write(new MadeRun().with(of(1, 1000)));
        Path candidate = write(new MadeRun().build("2").with(of(1, 1100)));
        Path fresh = folder.resolve("unsteady");
        new MadeRun().with(fresh(1, 1000).flawed(true, false, false)).write(fresh.resolve("a"));
        new MadeRun().build("2").with(fresh(1, 1000)).write(fresh.resolve("b"));
        Cli.Answer answer = compare(base, candidate, "--gate", "--confirmed", fresh.toString());
        assertEquals(1, answer.status());
        assertEquals(Map.of("made/case1", "SLOWER"), verdicts(answer));
        assertEquals(0, json(answer).at("/secondStage/decided").asInt());
    }

    /** Nor does what looked like good news stand on them: a clean gate must not rest on a FASTER by luck. */
    @Test
    void aFasterThatFreshForksDoNotBearOutIsNoAnswer() throws IOException {
        Path base = write(new MadeRun().with(of(1, 1000)).with(of(2, 1000)));
        Path candidate = write(new MadeRun().build("2").with(of(1, 900)).with(of(2, 1000)));
        Cli.Answer one = compare(base, candidate, "--gate");
        assertEquals(0, one.status(), one.toString());
        assertEquals(Map.of("made/case1", "FASTER", "made/case2", "EQUIVALENT"), verdicts(one));
        assertEquals(1, json(one).at("/gate/unconfirmed").asInt());
        String said = Cli.run("compare", base.toString(), candidate.toString()).out();
        assertTrue(said.contains("1 case that it flagged or could not tell waits for fresh forks."), said);

        Path unsteady = folder.resolve("unsteady");
        new MadeRun().with(fresh(1, 1000).flawed(true, false, false)).write(unsteady.resolve("a"));
        new MadeRun().build("2").with(fresh(1, 900)).write(unsteady.resolve("b"));
        Cli.Answer nothing = compare(base, candidate, "--gate", "--confirmed", unsteady.toString());
        assertEquals(1, nothing.status(), nothing.toString());
        assertEquals(Map.of("made/case1", "INVALID", "made/case2", "EQUIVALENT"), verdicts(nothing));
        assertEquals("[\"LOW_POWER\"]", json(nothing).at("/gate/reasons").toString());
        assertEquals(0, json(nothing).at("/gate/unconfirmed").asInt());

        Path slower = folder.resolve("slower");
        new MadeRun().with(fresh(1, 1000)).write(slower.resolve("a"));
        new MadeRun().build("2").with(fresh(1, 1100)).write(slower.resolve("b"));
        Cli.Answer turned = compare(base, candidate, "--gate", "--confirmed", slower.toString());
        assertEquals(1, turned.status(), turned.toString());
        assertEquals("SLOWER", verdicts(turned).get("made/case1"));
    }

    @Test
    void fiveFreshForksASideDecideNothing() throws IOException {
        Path fresh = folder.resolve("five");
        new MadeRun().with(of(1, 1000)).write(fresh.resolve("a"));
        new MadeRun().build("2").with(of(1, 1100)).write(fresh.resolve("b"));
        undecided(fresh, "5 of 10 fresh forks a side are there", "into another folder");
    }

    @Test
    void aCaseWithoutFreshForksIsNotDecided() throws IOException {
        Path fresh = folder.resolve("others");
        new MadeRun().with(fresh(2, 1000)).write(fresh.resolve("a"));
        new MadeRun().build("2").with(fresh(2, 1000)).write(fresh.resolve("b"));
        undecided(fresh, "0 of 10 fresh forks a side are there", "into another folder");
    }

    /** What is there when somebody looks is not what the rule would have stopped at. */
    @Test
    void aSecondStageThatWasCutShortDecidesNothing() throws IOException {
        Path fresh = folder.resolve("cut");
        MadeRun a = new MadeRun().planned(10).protocol("made+ratio2%of20/1").stopped();
        a.with(MadeCase.of(1, 12, 1000)).write(fresh.resolve("a"));
        MadeRun b = new MadeRun().planned(10).protocol("made+ratio2%of20/1").stopped();
        b.build("2").with(MadeCase.of(1, 11, 1100)).write(fresh.resolve("b"));
        undecided(fresh, "12 and 11 of 10 to 20 fresh forks a side are there", "confirm --resume " + fresh);
    }

    private void undecided(Path fresh, String... said) throws IOException {
        Path base = write(new MadeRun().with(of(1, 1000)));
        Path candidate = write(new MadeRun().build("2").with(of(1, 1100)));
        Cli.Answer answer = compare(base, candidate, "--gate", "--confirmed", fresh.toString());
        assertEquals(1, answer.status(), answer.toString());
        assertEquals(Map.of("made/case1", "INCONCLUSIVE"), verdicts(answer));
        JsonNode json = json(answer);
        assertTrue(json.at("/cases/0/reasons").toString().contains("SECOND_STAGE_INCOMPLETE"), answer.out());
        assertEquals("[\"SECOND_STAGE_INCOMPLETE\"]", json.at("/gate/reasons").toString());
        assertFalse(json.at("/gate/passed").asBoolean());
        assertEquals(0, json.at("/secondStage/decided").asInt());
        for (String part : said) {
            assertTrue(json.at("/cases/0/sentence").asText().contains(part), answer.out());
        }
        String text = Cli.run("compare", base.toString(), candidate.toString(), "--confirmed", fresh.toString())
                .out();
        assertTrue(text.contains("Next: The second stage: " + said[0]), text);
        assertEquals(
                4,
                compare(base, candidate, "--strict", "--confirmed", fresh.toString())
                        .status());
    }

    @Test
    void aCandidateThatBreaksIsAnAnswerHoweverFewItsForksAre() throws IOException {
        Path base = write(new MadeRun().with(of(1, 1000)));
        Path candidate = write(new MadeRun().build("2").with(of(1, 1100)));
        Path fresh = folder.resolve("broken");
        new MadeRun().planned(10).stopped().with(of(1, 1000)).write(fresh.resolve("a"));
        new MadeRun()
                .planned(10)
                .stopped()
                .build("2")
                .with(of(1, 1000).ending(new Outcome.Failed("it fell over")))
                .write(fresh.resolve("b"));
        Cli.Answer answer = compare(base, candidate, "--gate", "--confirmed", fresh.toString());
        assertEquals(1, answer.status(), answer.toString());
        assertEquals(
                "[\"CANDIDATE_BROKEN\",\"NOTHING_JUDGED\"]",
                json(answer).at("/gate/reasons").toString());
    }

    @Test
    void confirmSaysWhichBuildItWants() throws IOException {
        Path[] stages = stages("2");
        Path jar = Files.writeString(folder.resolve("some.jar"), "of nobody");
        for (String[] more : new String[][] {{}, {"--base-build", jar.toString()}, {"--base-build", "gone.jar"}}) {
            String[] words = new String[more.length + 3];
            words[0] = "confirm";
            words[1] = stages[0].toString();
            words[2] = stages[1].toString();
            System.arraycopy(more, 0, words, 3, more.length);
            Cli.Answer answer = Cli.run(words);
            assertEquals(more.length > 0 && more[1].equals(jar.toString()) ? 2 : 3, answer.status(), answer.toString());
            assertEquals(1, answer.error().lines().count(), answer.error());
            assertTrue(answer.error().contains(more.length == 0 ? "--base-build" : more[1]), answer.error());
        }
        Path asked = write(new MadeRun().asked("adopt", "k.ptx").with(of(1, 1000)));
        Path slower = write(new MadeRun().build("2").with(of(1, 1100)));
        Cli.Answer other = Cli.run("confirm", asked.toString(), slower.toString());
        assertEquals(2, other.status());
        assertTrue(other.error().contains("use 'ab'"), other.error());
    }

    /** Words are kept as they were typed, in another folder perhaps. */
    @Test
    void confirmNamesTheFileThatItDoesNotFind() throws IOException {
        Path base = write(new MadeRun().asked("run", "--tuning", "mine.json").with(of(1, 1000)));
        Path slower = write(new MadeRun().build("2").with(of(1, 1100)));
        Cli.Answer answer = Cli.run("confirm", base.toString(), slower.toString());
        assertEquals(2, answer.status(), answer.toString());
        assertEquals(1, answer.error().lines().count(), answer.error());
        assertTrue(answer.error().contains(base + ": was measured with --tuning mine.json"), answer.error());
    }

    @Test
    void nothingOpenNeedsNoSecondStage() throws IOException {
        Path base = write(new MadeRun().with(of(1, 1000)));
        Path candidate = write(new MadeRun().build("2").with(of(1, 1001)));
        Cli.Answer answer = Cli.run("confirm", base.toString(), candidate.toString(), "--json");
        assertEquals(0, answer.status(), answer.toString());
        assertTrue(answer.err().contains("one stage settles it"), answer.err());
        assertTrue(json(answer).at("/gate/passed").asBoolean());
        for (String option : new String[] {"--base-build", "--candidate-build"}) {
            Cli.Answer wrong = Cli.run("confirm", base.toString(), candidate.toString(), option, "gone.jar");
            assertEquals(3, wrong.status(), "a build is checked although nothing is open: " + wrong);
            assertTrue(wrong.error().startsWith("ridgepoint: gone.jar: no such file"), wrong.error());
        }
    }

    @Test
    void runsThatAddForksCompareWithEachOtherWhateverTheirAimAndWithNoOthers() throws IOException {
        Path wide = write(new MadeRun()
                .planned(5)
                .protocol("made+aim5%of30/1")
                .with(of(1, 1000))
                .with(MadeCase.of(2, 9, 1000)));
        Path narrow = write(new MadeRun()
                .planned(5)
                .protocol("made+aim2%of20/1")
                .build("2")
                .with(MadeCase.of(1, 7, 1100))
                .with(of(2, 1000)));
        Cli.Answer both = compare(wide, narrow);
        assertEquals(0, both.status(), both.toString());
        assertEquals(Map.of("made/case1", "SLOWER", "made/case2", "EQUIVALENT"), verdicts(both));

        Path counted = write(new MadeRun().build("3").with(of(1, 1000)).with(of(2, 1000)));
        assertEquals(2, compare(wide, counted).status());
        Path otherIterations = write(new MadeRun()
                .planned(5)
                .protocol("made+aim2%of20/1")
                .iterationsOf(500)
                .with(of(1, 1000))
                .with(of(2, 1000)));
        assertEquals(2, compare(wide, otherIterations).status());
        Path otherSuite = write(new MadeRun()
                .planned(5)
                .protocol("core+aim5%of30/1")
                .with(of(1, 1000))
                .with(of(2, 1000)));
        assertEquals(2, compare(wide, otherSuite).status());
    }

    private static MadeCase of(int number, double ns) {
        return MadeCase.of(number, 5, ns);
    }

    /** As many forks as a second stage takes. */
    private static MadeCase fresh(int number, double ns) {
        return MadeCase.of(number, 10, ns);
    }

    private Path write(MadeRun run) throws IOException {
        return run.write(folder.resolve("run" + written++));
    }

    private static Cli.Answer compare(Path base, Path candidate, String... more) {
        String[] words = new String[more.length + 4];
        words[0] = "compare";
        words[1] = base.toString();
        words[2] = candidate.toString();
        words[3] = "--json";
        System.arraycopy(more, 0, words, 4, more.length);
        return Cli.run(words);
    }

    private static JsonNode json(Cli.Answer answer) throws IOException {
        return new JsonMapper().readTree(answer.out());
    }

    private static Map<String, String> verdicts(Cli.Answer answer) throws IOException {
        Map<String, String> verdicts = new TreeMap<>();
        json(answer)
                .path("cases")
                .forEach(one -> verdicts.put(
                        one.path("benchmark").asText(), one.path("verdict").asText()));
        return verdicts;
    }
}
