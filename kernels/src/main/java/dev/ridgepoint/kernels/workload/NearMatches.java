package dev.ridgepoint.kernels.workload;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** "Did you mean": the known names nearest to one that is not known. */
public final class NearMatches {
    private static final int SHOWN = 3;

    private NearMatches() {}

    /** {@code field: unknown 'x'; did you mean a, b?}, or all there are where nothing is near and they are few. */
    public static IllegalArgumentException unknown(String field, String wanted, Collection<String> known) {
        List<String> near = of(wanted, known);
        String help;
        if (!near.isEmpty()) {
            help = "; did you mean " + String.join(", ", near) + "?";
        } else if (known.size() <= 20) {
            help = "; known: " + String.join(", ", known);
        } else {
            help = "; " + known.size() + " are known";
        }
        return new IllegalArgumentException(field + ": unknown '" + wanted + "'" + help);
    }

    /** At most three names within two fifths of the length in edits, whole or where they begin, or that contain it. */
    static List<String> of(String wanted, Collection<String> known) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        int allowed = Math.max(1, 2 * wanted.length() / 5);
        return known.stream()
                .filter(name -> nearest(lower, name) <= allowed || contains(name, lower))
                .sorted(Comparator.comparingInt((String name) -> nearest(lower, name))
                        .thenComparingInt(name -> distance(lower, name))
                        .thenComparing(name -> name))
                .limit(SHOWN)
                .toList();
    }

    /** Edits to the name or to as much of its beginning as was typed, give or take one. */
    private static int nearest(String lower, String name) {
        int nearest = distance(lower, name);
        for (int end = Math.max(3, lower.length() - 1); end <= Math.min(name.length(), lower.length() + 1); end++) {
            nearest = Math.min(nearest, distance(lower, name.substring(0, end)));
        }
        return nearest;
    }

    private static boolean contains(String name, String part) {
        return part.length() >= 2 && name.toLowerCase(Locale.ROOT).contains(part);
    }

    /** Edits (insert, delete, replace, swap of neighbours) between two names, case aside. */
    static int distance(String lower, String name) {
        String other = name.toLowerCase(Locale.ROOT);
        int[][] cost = new int[lower.length() + 1][other.length() + 1];
        for (int i = 0; i <= lower.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, lower, other, i, j);
            }
        }
        return cost[lower.length()][other.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
