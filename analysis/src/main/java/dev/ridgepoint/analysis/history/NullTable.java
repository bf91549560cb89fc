package dev.ridgepoint.analysis.history;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * How strong the best splits of a series are when its order means nothing: by permutation. Each length of window has its
 * own distribution, so that the many short windows do not drown the few long ones; the least of their p is held against
 * the least p of each permutation. Since scores are of ranks, all series of one length share these distributions: they
 * are drawn once a length and not once a series. Generators are seeded by the length, so that the same history gives
 * the same p every time.
 */
final class NullTable {
    /** Permutations of a short series: a p small enough to stand among a thousand cases. */
    private static final int PERMUTATIONS = 50_000;

    private static final int FEWER = 20_000;

    /** Parts that are drawn side by side, each from a generator of its own. */
    private static final int SHARES = 20;

    /** Beyond this, lengths share the table of the next longer one: a longer series has stronger splits by chance. */
    private static final int EACH = 64;

    private static final double STEP = 1.1;

    /** Equal splits whose sums were taken in another order differ by this at most. */
    private static final double ROUNDING = 1e-12;

    private static final Map<Integer, NullTable> BY_LENGTH = new ConcurrentHashMap<>();

    /** By length of window, ascending. */
    private final double[][] strengths;
    /** How many permutations have a split as strong as this one's, for the rarest length of window; ascending. */
    private final int[] rarest;

    private NullTable(int length) {
        int share = (length <= EACH ? PERMUTATIONS : FEWER) / SHARES;
        double[][] drawn = IntStream.range(0, SHARES)
                .parallel()
                .mapToObj(one -> draw(length, share, new SplittableRandom(((long) length << 32) + one)))
                .flatMap(Arrays::stream)
                .toArray(double[][]::new);
        strengths = IntStream.range(0, drawn[0].length)
                .parallel()
                .mapToObj(level -> ascending(drawn, level))
                .toArray(double[][]::new);
        rarest = Arrays.stream(drawn).parallel().mapToInt(this::rarity).sorted().toArray();
    }

    private static double[] ascending(double[][] drawn, int level) {
        double[] ascending = new double[drawn.length];
        Arrays.setAll(ascending, i -> drawn[i][level]);
        Arrays.sort(ascending);
        return ascending;
    }

    /** Strengths by length of window, a row a permutation. */
    private static double[][] draw(int length, int permutations, SplittableRandom random) {
        double[] scores = new double[length];
        Arrays.setAll(scores, i -> i);
        scores = NormalScores.of(scores);
        SplitScan scan = new SplitScan(length);
        double[][] drawn = new double[permutations][];
        for (int i = 0; i < permutations; i++) {
            shuffle(scores, random);
            scan.see(scores);
            drawn[i] = scan.strengths.clone();
        }
        return drawn;
    }

    static NullTable of(int length) {
        int tabled = tabled(length);
        NullTable table = BY_LENGTH.get(tabled);
        if (table == null) {
            // Drawn in parallel, so under no lock; drawn twice it is the same.
            table = new NullTable(tabled);
            BY_LENGTH.put(tabled, table);
        }
        return table;
    }

    private static int tabled(int length) {
        int tabled = EACH;
        if (length <= EACH) {
            return length;
        }
        while (tabled < length) {
            tabled = (int) Math.ceil(tabled * STEP);
        }
        return tabled;
    }

    /** The length of window, by its place, whose strength is the least likely by chance. */
    int rarestLevel(double[] seen) {
        int rarest = 0;
        int least = asStrong(seen, 0);
        for (int level = 1; level < seen.length; level++) {
            int strong = asStrong(seen, level);
            if (strong < least) {
                least = strong;
                rarest = level;
            }
        }
        return rarest;
    }

    /** Permutations at least as strong at that length. */
    private int rarity(double[] seen) {
        return asStrong(seen, rarestLevel(seen));
    }

    /** The chance that a series without any change of level looks as unlikely as this. */
    double p(double[] seen) {
        int least = rarity(seen);
        int at = Arrays.binarySearch(rarest, least);
        int after = at < 0 ? -at - 1 : at;
        while (after < rarest.length && rarest[after] == least) {
            after++;
        }
        return (after + 1.0) / (rarest.length + 1.0);
    }

    /** Permutations at least as strong. */
    private int asStrong(double[] seen, int level) {
        double[] table = strengths[level];
        int below = Arrays.binarySearch(table, seen[level] * (1 - ROUNDING));
        return table.length - (below < 0 ? -below - 1 : below);
    }

    private static void shuffle(double[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
