package dev.ridgepoint.analysis.compare;

import java.util.Arrays;

/**
 * Sorts numbers that come in lines, each of which nearly always ascends: lines are merged two by two, in half the time of
 * sorting everything anew without the optimising compiler. A comparison of ten thousand cases asks as often.
 */
final class SortedLines {
    private SortedLines() {}

    /**
     * All numbers, ascending; what was handed in is no longer of use.
     *
     * @param lines as many lines as a power of two
     * @param length of a line
     */
    static double[] of(double[] lines, int length) {
        for (int line = 0; line < lines.length; line += length) {
            if (!ascends(lines, line, length)) {
                Arrays.sort(lines, line, line + length);
            }
        }
        double[] from = lines;
        double[] to = new double[lines.length];
        for (int run = length; run < lines.length; run *= 2) {
            for (int start = 0; start < lines.length; start += 2 * run) {
                merge(from, start, run, to);
            }
            double[] done = to;
            to = from;
            from = done;
        }
        return from;
    }

    private static boolean ascends(double[] lines, int line, int length) {
        for (int i = line + 1; i < line + length; i++) {
            if (lines[i] < lines[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /** Merges two runs of this length, the first of which begins at {@code start}. */
    private static void merge(double[] from, int start, int run, double[] to) {
        int a = start;
        int b = start + run;
        int endA = b;
        int endB = b + run;
        int i = start;
        double nextA = from[a];
        double nextB = from[b];
        while (true) {
            if (nextA <= nextB) {
                to[i++] = nextA;
                if (++a == endA) {
                    System.arraycopy(from, b, to, i, endB - b);
                    return;
                }
                nextA = from[a];
            } else {
                to[i++] = nextB;
                if (++b == endB) {
                    System.arraycopy(from, a, to, i, endA - a);
                    return;
                }
                nextB = from[b];
            }
        }
    }
}
