package dev.ridgepoint.analysis.classify.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What share is wrong when only the most confident part is answered. */
public final class CoverageRisk {
    /** Answering the most confident {@code coverage} of cases, those down to {@code confidence}, errs at {@code risk}. */
    public record Point(double coverage, double confidence, double risk) {}

    private final List<Bet> byConfidence;

    public CoverageRisk(List<Bet> bets) {
        this.byConfidence = bets.stream()
                .sorted(Comparator.comparingDouble(Bet::confidence).reversed())
                .toList();
    }

    /** A point for each tenth of the cases. */
    public List<Point> curve() {
        List<Point> curve = new ArrayList<>();
        for (int tenth = 1; tenth <= 10; tenth++) {
            int answered = Math.max(1, (int) Math.round(byConfidence.size() * tenth / 10.0));
            List<Bet> kept = byConfidence.subList(0, answered);
            long wrong = kept.stream().filter(bet -> !bet.right()).count();
            curve.add(new Point(
                    answered / (double) byConfidence.size(),
                    kept.get(answered - 1).confidence(),
                    wrong / (double) answered));
        }
        return curve;
    }

    /** Mean risk over all coverages: 0 is best. */
    public double areaUnderCurve() {
        double sum = 0;
        int wrong = 0;
        for (int i = 0; i < byConfidence.size(); i++) {
            wrong += byConfidence.get(i).right() ? 0 : 1;
            sum += wrong / (i + 1.0);
        }
        return sum / byConfidence.size();
    }
}
