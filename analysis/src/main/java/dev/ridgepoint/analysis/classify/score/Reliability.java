package dev.ridgepoint.analysis.classify.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Whether what is said with probability p is right p of the time. */
public final class Reliability {
    /** Bins of equal width; a hundred cases carry no more. */
    private static final int BINS = 5;

    private static final int RESAMPLES = 2000;

    /** Answers whose confidence lies in {@code [low, high)}. */
    public record Bin(double low, double high, int count, double confidence, double accuracy) {}

    private final List<Bet> bets;

    public Reliability(List<Bet> bets) {
        this.bets = List.copyOf(bets);
    }

    /** The bins that are not empty. */
    public List<Bin> bins() {
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            int bin = b;
            List<Bet> inside =
                    bets.stream().filter(bet -> binOf(bet.confidence()) == bin).toList();
            if (!inside.isEmpty()) {
                bins.add(new Bin(
                        b / (double) BINS,
                        (b + 1) / (double) BINS,
                        inside.size(),
                        inside.stream().mapToDouble(Bet::confidence).average().orElse(0),
                        inside.stream()
                                .mapToDouble(bet -> bet.right() ? 1 : 0)
                                .average()
                                .orElse(0)));
            }
        }
        return bins;
    }

    private static int binOf(double confidence) {
        return Math.min(BINS - 1, (int) (confidence * BINS));
    }

    /** Expected calibration error: mean gap between confidence and accuracy, bins weighing what they hold. */
    public double calibrationError() {
        return calibrationError(bets);
    }

    private static double calibrationError(List<Bet> bets) {
        double[] gap = new double[BINS];
        for (Bet bet : bets) {
            gap[binOf(bet.confidence())] += bet.confidence() - (bet.right() ? 1 : 0);
        }
        return Arrays.stream(gap).map(Math::abs).sum() / bets.size();
    }

    /** Percentile bootstrap 95 % interval of the calibration error; same seed, same interval. */
    public double[] calibrationErrorInterval(long seed) {
        Random random = new Random(seed);
        double[] errors = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            List<Bet> sample = new ArrayList<>(bets.size());
            for (int j = 0; j < bets.size(); j++) {
                sample.add(bets.get(random.nextInt(bets.size())));
            }
            errors[i] = calibrationError(sample);
        }
        Arrays.sort(errors);
        return new double[] {errors[(int) (.025 * RESAMPLES)], errors[(int) (.975 * RESAMPLES)]};
    }

    /** Answers that are wrong although they were given at least that confidence. */
    public Proportion wrongWith(double confidence) {
        long wrong = bets.stream()
                .filter(bet -> !bet.right() && bet.confidence() >= confidence)
                .count();
        return new Proportion((int) wrong, bets.size());
    }
}
