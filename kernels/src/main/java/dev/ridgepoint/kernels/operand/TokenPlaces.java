package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Where the tokens of a batch lie, side by side or in pages, and the indices that say so. */
record TokenPlaces(AttentionShape shape) {
    /** Block table and offsets, as far as the batch needs them. */
    List<Operand> indices() {
        List<Operand> indices = new ArrayList<>();
        long sequences = total("qOffsets", s -> 1);
        if (shape.pageSize() > 0) {
            long pages = longestPages();
            indices.add(new IndexOperand(
                    "blockTable", Sizes.product("blockTable", sequences, pages), "[sequences, pages]", this::shuffle));
        }
        if (!shape.segments().isEmpty()) {
            indices.add(new IndexOperand(
                    "qOffsets", sequences + 1, "[sequences + 1]", (t, r) -> offsets(t, Segment::seqLenQ)));
            indices.add(new IndexOperand(
                    "kvOffsets", sequences + 1, "[sequences + 1]", (t, r) -> offsets(t, Segment::seqLenKv)));
        }
        return indices;
    }

    /** Places for tokens in the cache, whole pages counted. */
    long slots(String name) {
        return total(name, this::paddedLength);
    }

    /** Tokens of keys, the rest of a page not counted. */
    long tokens(String name) {
        return total(name, Segment::seqLenKv);
    }

    /** Tokens that ask, or that are appended. */
    long newTokens(String name) {
        return total(name, Segment::seqLenQ);
    }

    /** The sum over all sequences. */
    private long total(String name, ToLongFunction<Segment> ofOne) {
        long sum = 0;
        for (Segment s : shape.sequences()) {
            sum = Sizes.sum(name, sum, Sizes.product(name, s.count(), ofOne.applyAsLong(s)));
        }
        return sum;
    }

    private long paddedLength(Segment s) {
        return shape.pageSize() == 0 ? s.seqLenKv() : pages(s) * shape.pageSize();
    }

    private long pages(Segment s) {
        return (s.seqLenKv() + shape.pageSize() - 1) / shape.pageSize();
    }

    private long longestPages() {
        return shape.sequences().stream().mapToLong(this::pages).max().orElseThrow();
    }

    private void offsets(IntBuffer target, ToLongFunction<Segment> length) {
        int at = 0;
        target.put(0);
        for (Segment s : shape.sequences()) {
            for (long i = 0; i < s.count(); i++) {
                at = Math.addExact(at, Math.toIntExact(length.applyAsLong(s)));
                target.put(at);
            }
        }
    }

    /** Deals a shuffled deck of all pages to the sequences in turn; entries beyond a sequence's pages are -1. */
    private void shuffle(IntBuffer target, CounterRandom random) {
        int[] deck = shuffledDeck(Math.toIntExact(total("blockTable", this::pages)), random);
        int longest = (int) longestPages();
        int dealt = 0;
        for (Segment s : shape.sequences()) {
            int pages = (int) pages(s);
            for (long i = 0; i < s.count(); i++) {
                for (int page = 0; page < longest; page++) {
                    target.put(page < pages ? deck[dealt++] : -1);
                }
            }
        }
    }

    private static int[] shuffledDeck(int size, CounterRandom random) {
        int[] deck = new int[size];
        for (int i = 0; i < size; i++) {
            int other = random.below(i + 1, i);
            deck[i] = deck[other];
            deck[other] = i;
        }
        return deck;
    }
}
