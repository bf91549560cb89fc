package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Footprint;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import java.util.List;

/**
 * Keys of new tokens are rotated by their positions, and keys and values are written to where attention will read them,
 * in the type and under the scales it reads them by.
 *
 * @param reader the attention that reads the cache afterwards, causal and with as many query heads as key heads: its
 *     queries are the new tokens, which are the last of its keys
 * @param rotary which elements of a key are pairs
 * @param rotaryDim how many elements of a key turn, the first; even, and 0 where nothing turns
 */
public record AppendShape(AttentionShape reader, Rotary rotary, long rotaryDim) implements Shape {
    /** Positions a sequence may be ahead of its places. */
    public static final int MOST_SHIFT = 1000;

    private static final String READER_ID = "attn_causal_";

    public AppendShape {
        if (reader.mask() != Mask.CAUSAL
                || reader.kvShared()
                || reader.relPositions() > 0
                || reader.groupSize() > 1
                || reader.lse()
                || reader.rope() != null) {
            throw new IllegalArgumentException("mask, kv_shared, rel_positions, Hq, lse: appending has none of them");
        }
        for (Segment s : reader.sequences()) {
            if (s.seqLenQ() > s.seqLenKv()) {
                throw new IllegalArgumentException("Sq: " + s.seqLenQ() + " new tokens are not among Skv="
                        + s.seqLenKv() + ", whose last they are");
            }
        }
        rotary.check(rotaryDim, reader.headDim());
    }

    /** One length: {@code news} tokens are the last of {@code tokens} of each of {@code batch} sequences. */
    public static AppendShape of(long batch, long kvHeads, long news, long tokens, long headDim, Rotary rotary) {
        long turns = rotary == Rotary.NONE ? 0 : headDim;
        return of(batch, kvHeads, news, tokens, headDim, headDim, rotary, turns, 0, List.of());
    }

    /** The whole of it; lengths are 0 where {@code segments} carry them. */
    public static AppendShape of(
            long batch,
            long kvHeads,
            long news,
            long tokens,
            long headDim,
            long valueDim,
            Rotary rotary,
            long rotaryDim,
            long pageSize,
            List<Segment> segments) {
        AttentionShape reader = new AttentionShape(
                batch, kvHeads, kvHeads, news, tokens, headDim, valueDim, Mask.CAUSAL, 0, pageSize, false, 0, segments);
        return new AppendShape(reader, rotary, rotaryDim);
    }

    /** The same into pages of so many tokens. */
    public AppendShape withPages(long tokens) {
        return new AppendShape(reader.withPages(tokens), rotary, rotaryDim);
    }

    /** New tokens of all sequences. */
    public double tokens() {
        return reader.sequences().stream()
                .mapToDouble(s -> (double) s.count() * s.seqLenQ())
                .sum();
    }

    /** Rows of the table of angles: a cache may have let go of up to {@link #MOST_SHIFT} first tokens. */
    public long positions() {
        return reader.sequences().stream().mapToLong(Segment::seqLenKv).max().orElseThrow() + MOST_SHIFT;
    }

    /** Elements written: keys and values of every new token. */
    public double elements() {
        return tokens() * reader.kvHeads() * (reader.headDim() + reader.valueDim());
    }

    @Override
    public String op() {
        return "append";
    }

    @Override
    public String id() {
        String places = reader.id().substring(READER_ID.length());
        return "append_" + rotary + "_" + places
                + (rotaryDim == reader.headDim() || rotary == Rotary.NONE ? "" : "_rot" + rotaryDim);
    }

    /** Each new token reads its row of the table of angles, for no two need stand at one position. */
    @Override
    public WorkModel work(Footprint bytes) {
        double angles = rotary == Rotary.NONE ? 0 : new Rope(rotary, rotaryDim).bytes(tokens());
        return new WorkModel(
                Rope.FLOPS * tokens() * reader.kvHeads() * rotaryDim,
                elements() * bytes.activation() + angles,
                elements() * bytes.kv());
    }
}
