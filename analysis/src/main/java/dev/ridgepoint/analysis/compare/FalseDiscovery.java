package dev.ridgepoint.analysis.compare;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Benjamini and Hochberg's correction for many cases: of those with q &lt;= 0.05, one in twenty at most is false. */
public final class FalseDiscovery {
    public static final double RATE = 0.05;

    private FalseDiscovery() {}

    /** The q of each p: the least, over this and all larger ones, of p times their number over its rank. */
    public static double[] q(double[] p) {
        List<Integer> descending = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> p[i]).reversed())
                .toList();
        double[] q = new double[p.length];
        double least = 1;
        for (int i = 0; i < p.length; i++) {
            int at = descending.get(i);
            int rank = p.length - i;
            least = Math.min(least, p[at] * p.length / rank);
            q[at] = least;
        }
        return q;
    }
}
