package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.CounterRandom;
import dev.ridgepoint.kernels.oracle.Sample.RowClass;
import dev.ridgepoint.kernels.shape.AttentionShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rows of attention's output are compared where all would take too long: the first and last query of the first
 * and last head of the first and last sequence that has queries always; then queries at multiples of 64 of the same, until they have
 * taken one budget of multiply-adds; then, for another, rows drawn by the seed: a sequence and key/value head at random,
 * and eight queries and query heads of it at random.
 *
 * <p>Nothing linear ties the other rows to these, so a wrong element among them is missed. The chance of that is what
 * the verdict states.
 */
final class AttentionRows {
    private static final int QUERY_TILE = 64;
    private static final int ROWS_OF_A_DRAW = 8;
    /** Draws that may hit rows already chosen before giving up. */
    private static final int MAX_DRAWS = 1 << 16;

    private final AttentionShape shape;
    /** Those that have queries. */
    private final List<Sequence> sequences;

    private final Sample sample;
    private long spent;

    private AttentionRows(AttentionShape shape, List<Sequence> sequences, Sample sample) {
        this.shape = shape;
        this.sequences = sequences;
        this.sample = sample;
    }

    static Sample choose(AttentionShape shape, List<Sequence> sequences, long budget, long seed) {
        Sequence last = sequences.get(sequences.size() - 1);
        int rows = Math.toIntExact((last.firstQuery() + (long) last.queries()) * shape.qHeads());
        int cols = Math.toIntExact(shape.valueDim());
        // A row that sees no key costs what one that sees one does: its elements are kept.
        double pairs = Math.max(rows, shape.exponentials());
        if (pairs * (shape.headDim() + shape.valueDim()) <= budget) {
            return Sample.everything(rows, cols);
        }
        List<Sequence> asking = sequences.stream().filter(s -> s.queries() > 0).toList();
        AttentionRows choice = new AttentionRows(shape, asking, Sample.none(rows, cols));
        choice.corners();
        choice.tileEdges(budget);
        choice.spent = 0;
        choice.draw(budget, CounterRandom.of(seed, "rows compared"));
        return choice.sample;
    }

    private List<Sequence> firstAndLast() {
        return List.of(sequences.get(0), sequences.get(sequences.size() - 1));
    }

    private List<Integer> outerHeads() {
        return List.of(0, Math.toIntExact(shape.qHeads()) - 1);
    }

    private void corners() {
        for (Sequence sequence : firstAndLast()) {
            for (int head : outerHeads()) {
                include(sequence, 0, head);
                include(sequence, sequence.queries() - 1, head);
            }
        }
    }

    private void tileEdges(long budget) {
        for (Sequence sequence : firstAndLast()) {
            for (int edge : tileEdgesBackwards(sequence.queries())) {
                for (int head : outerHeads()) {
                    if (spent < budget) {
                        include(sequence, edge, head);
                    }
                }
            }
        }
    }

    /** Queries before and after multiples of the tile; the last ones see the most keys and come first. */
    private static List<Integer> tileEdgesBackwards(int queries) {
        List<Integer> edges = new ArrayList<>();
        for (int edge = (queries - 1) / QUERY_TILE * QUERY_TILE; edge > 0; edge -= QUERY_TILE) {
            edges.add(edge);
            edges.add(edge - 1);
        }
        return edges;
    }

    private void draw(long budget, CounterRandom random) {
        int group = Math.toIntExact(shape.groupSize());
        long number = 0;
        for (int draw = 0; draw < MAX_DRAWS && spent < budget; draw++) {
            Sequence sequence = sequences.get(random.below(sequences.size(), number++));
            int kvHead = random.below(Math.toIntExact(shape.kvHeads()), number++);
            spent += costOfRow(sequence);
            for (int i = 0; i < ROWS_OF_A_DRAW; i++) {
                int head = kvHead * group + random.below(group, number++);
                include(sequence, random.below(sequence.queries(), number++), head);
            }
        }
    }

    private void include(Sequence sequence, int query, int head) {
        int row = sequence.outputRow(query, head, shape);
        if (sample.classOf(row) == RowClass.NONE) {
            sample.include(row, RowClass.ALL);
            spent += costOfRow(sequence);
        }
    }

    /** Multiply-adds of a row that sees every key; decoding the keys costs about as much. */
    private long costOfRow(Sequence sequence) {
        return Math.max(1, sequence.keys()) * (shape.headDim() + shape.valueDim());
    }
}
