package dev.ridgepoint.analysis.classify.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statistics against values worked out by hand or published. */
class ScoreTest {
    private static final double CLOSE = 1e-12;

    /** Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611. */
    @Test
    void wilsonIntervalsArePublishedOnes() {
        Proportion many = new Proportion(81, 263);
        assertEquals(.2553, many.low(), 5e-5);
        assertEquals(.3662, many.high(), 5e-5);
        Proportion none = new Proportion(0, 20);
        assertEquals(0, none.low(), CLOSE);
        assertEquals(.1611, none.high(), 5e-5);
        Proportion all = new Proportion(20, 20);
        assertEquals(1, all.high(), CLOSE);
        assertEquals(1 - .1611, all.low(), 5e-5);
    }

    @Test
    void macroF1CountsRareLabelsLikeCommonOnes() {
        Confusion confusion = new Confusion();
        for (int i = 0; i < 8; i++) {
            confusion.add("common", "common");
        }
        confusion.add("rare", "common");
        confusion.add("rare", "rare");
        assertEquals(9, confusion.right().right());
        assertEquals(10, confusion.right().total());
        double common = 2.0 * 8 / (8 + 9);
        double rare = 2.0 * 1 / (2 + 1);
        assertEquals((common + rare) / 2, confusion.macroF1(), CLOSE);
        assertEquals(List.of("common", "rare"), confusion.labels());
        assertEquals(1, confusion.count("rare", "common"));
    }

    /** An answer that nothing truly is takes no part in the mean, but it lowers recall. */
    @Test
    void labelsThatAreNeverTrueAreNoPartOfTheMean() {
        Confusion confusion = new Confusion();
        confusion.add("a", "a");
        confusion.add("a", "abstained");
        assertEquals(2.0 / 3, confusion.macroF1(), CLOSE);
    }

    @Test
    void calibrationErrorIsTheGapOfBinsWeighedByCount() {
        List<Bet> bets = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            bets.add(new Bet(.9, i < 9));
        }
        for (int i = 0; i < 10; i++) {
            bets.add(new Bet(.5, i < 2));
        }
        Reliability reliability = new Reliability(bets);
        assertEquals(.5 * 0 + .5 * .3, reliability.calibrationError(), CLOSE);
        assertEquals(2, reliability.bins().size());
        assertEquals(.2, reliability.bins().get(0).accuracy(), CLOSE);
        assertEquals(1, reliability.wrongWith(.9).right());
        assertEquals(9, reliability.wrongWith(.5).right());
    }

    @Test
    void bootstrapIntervalHoldsTheErrorAndRepeats() {
        List<Bet> bets = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            bets.add(new Bet(.7, i % 2 == 0));
        }
        Reliability reliability = new Reliability(bets);
        double[] interval = reliability.calibrationErrorInterval(3);
        assertTrue(interval[0] < .2 && .2 < interval[1], interval[0] + " " + interval[1]);
        assertEquals(interval[0], reliability.calibrationErrorInterval(3)[0]);
    }

    @Test
    void riskFallsWhenOnlyTheConfidentAreAnswered() {
        List<Bet> bets = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            bets.add(new Bet(i / 10.0, i >= 3));
        }
        CoverageRisk curve = new CoverageRisk(bets);
        assertEquals(0, curve.curve().get(6).risk(), CLOSE);
        assertEquals(.3, curve.curve().get(9).risk(), CLOSE);
        assertEquals(.7, curve.curve().get(2).confidence(), CLOSE);
        assertEquals((1.0 / 8 + 2.0 / 9 + 3.0 / 10) / 10, curve.areaUnderCurve(), CLOSE);
    }
}
