package dev.ridgepoint.analysis.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Where the level of a series of runs changes. The best split of the ranks' normal scores is tested by permutation
 * ({@link SplitScan}, {@link NullTable}); where it is real, both parts are searched in the same way, ranked afresh.
 * At the end each change is moved to where it splits the runs between its neighbours best, and tested on those alone.
 *
 * <p>A permutation takes runs to be exchangeable while nothing changes. Runs that drift together, as a machine's do
 * over days, are not, and a drift comes out as one change or several.
 */
public final class LevelShifts {
    /** Fewer runs hold no change that could be told. */
    public static final int LEAST_RUNS = 2 * SplitScan.LEAST_RUNS;

    /** Level of the tests inside a series that is already known to change. */
    static final double DEEPER = 0.01;

    private LevelShifts() {}

    /**
     * A change of level.
     *
     * @param at index of the first value at the new level
     * @param p by permutation of the runs between its neighbours
     */
    public record Shift(int at, double p) {}

    /** Draws what series of a length are held against. */
    static void prepare(int length) {
        if (length >= LEAST_RUNS) {
            NullTable.of(length);
        }
    }

    /** The chance that a series without any change looks as much as if it had one; 1 where it is too short. */
    public static double p(double[] series) {
        return series.length < LEAST_RUNS ? 1 : split(series).p();
    }

    /**
     * All changes of a series, in order. The first is taken at any p: whether the series changes at all is decided over
     * all series together, by {@link #p}.
     */
    public static List<Shift> of(double[] series) {
        List<Integer> found = new ArrayList<>();
        if (series.length >= LEAST_RUNS) {
            search(series, 0, 1, found);
        }
        settle(series, found);
        List<Shift> shifts = tested(series, found);
        while (shifts.size() > 1 && weakest(shifts).p() > DEEPER) {
            found.remove((Integer) weakest(shifts).at());
            settle(series, found);
            shifts = tested(series, found);
        }
        return shifts;
    }

    private static void search(double[] series, int offset, double level, List<Integer> into) {
        if (series.length < LEAST_RUNS) {
            return;
        }
        Shift split = split(series);
        if (split.p() <= level) {
            search(Arrays.copyOfRange(series, 0, split.at()), offset, DEEPER, into);
            into.add(offset + split.at());
            search(Arrays.copyOfRange(series, split.at(), series.length), offset + split.at(), DEEPER, into);
        }
    }

    private static Shift split(double[] series) {
        SplitScan scan = new SplitScan(series.length);
        scan.see(NormalScores.of(series));
        NullTable chance = NullTable.of(series.length);
        return new Shift(scan.places[chance.rarestLevel(scan.strengths)], chance.p(scan.strengths));
    }

    /** Moves each change to where the two means beside it differ most surely, its neighbours standing still. */
    private static void settle(double[] series, List<Integer> changes) {
        for (int i = 0; i < changes.size(); i++) {
            changes.set(i, between(series, before(changes, i), after(changes, i, series.length)));
        }
    }

    /** Each change with the p of the runs between its neighbours: what was found beside a larger one may be none. */
    private static List<Shift> tested(double[] series, List<Integer> changes) {
        List<Shift> tested = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            double[] around = Arrays.copyOfRange(series, before(changes, i), after(changes, i, series.length));
            tested.add(new Shift(changes.get(i), split(around).p()));
        }
        return List.copyOf(tested);
    }

    private static Shift weakest(List<Shift> shifts) {
        return Collections.max(shifts, Comparator.comparingDouble(Shift::p));
    }

    private static int before(List<Integer> changes, int i) {
        return i == 0 ? 0 : changes.get(i - 1);
    }

    private static int after(List<Integer> changes, int i, int length) {
        return i + 1 == changes.size() ? length : changes.get(i + 1);
    }

    private static int between(double[] series, int from, int to) {
        double[] scores = NormalScores.of(Arrays.copyOfRange(series, from, to));
        double left = 0;
        double strongest = -1;
        int best = from + SplitScan.LEAST_RUNS;
        for (int k = 1; k <= scores.length - SplitScan.LEAST_RUNS; k++) {
            left += scores[k - 1];
            // Scores sum to nothing, so that one side's sum is the other's.
            double strength = left * left / ((double) k * (scores.length - k));
            if (k >= SplitScan.LEAST_RUNS && strength > strongest) {
                strongest = strength;
                best = from + k;
            }
        }
        return best;
    }
}
