package dev.ridgepoint.kernels.workload;

import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import java.util.List;

/**
 * One trip of some tokens through a model: who arrives, after how long a cache, served how. Everything a layer's shape
 * depends on besides the model itself.
 *
 * <p>A pass has a name that reads and parses, {@code decode_b1_kv2048} or {@code mixed_1x512x2048_32x1x2048}; see
 * {@link PassLabel}.
 *
 * @param phase how the tokens arrive
 * @param sequences sequences of one length each: count, new tokens, keys those may see; empty for weight transforms
 * @param sourceTokens encoder states that a decoder attends to, else 0
 * @param beams hypotheses kept for each sequence, usually 1
 * @param pageSize tokens a page of the KV cache, 0 where it is contiguous
 * @param tree whether drafted tokens form a tree rather than a chain
 * @param tensorParallel devices that share every matrix; the shapes are one device's
 */
public record Pass(
        Phase phase,
        List<Segment> sequences,
        long sourceTokens,
        long beams,
        long pageSize,
        boolean tree,
        int tensorParallel) {

    public Pass {
        sequences = List.copyOf(sequences);
        atLeast("beams", beams, 1);
        atLeast("tp", tensorParallel, 1);
        atLeast("src", sourceTokens, 0);
        atLeast("page", pageSize, 0);
        if (sequences.isEmpty() != (phase == Phase.OFFLINE)) {
            throw new IllegalArgumentException("pass: only offline transforms have no sequences");
        }
        for (Segment s : sequences) {
            atLeast("q", s.seqLenQ(), 1);
            if (s.seqLenQ() > s.seqLenKv()) {
                throw new IllegalArgumentException(
                        "kv: " + s.seqLenKv() + " keys do not hold the " + s.seqLenQ() + " tokens that arrive");
            }
        }
        if (phase == Phase.CHUNKED_PREFILL && sequences.stream().allMatch(s -> s.seqLenQ() == s.seqLenKv())) {
            throw new IllegalArgumentException("kv: a chunk comes after a cached prefix, so kv must exceed q");
        }
        if (tree && phase != Phase.SPEC_VERIFY) {
            throw new IllegalArgumentException("tree: only drafted tokens under verification form a tree");
        }
    }

    private static void atLeast(String field, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(field + ": expected at least " + least + ", got " + value);
        }
    }

    /** A pass of equal sequences, served plainly. */
    public static Pass uniform(Phase phase, long batch, long newTokens, long keys) {
        return new Pass(phase, List.of(new Segment(batch, newTokens, keys)), 0, 1, 0, false, 1);
    }

    /** A pass of sequences of several lengths: continuous batching. */
    public static Pass ragged(Phase phase, Segment... segments) {
        return new Pass(phase, List.of(segments), 0, 1, 0, false, 1);
    }

    public static Pass encode(long batch, long tokens) {
        return uniform(Phase.ENCODE, batch, tokens, tokens);
    }

    public static Pass prefill(long batch, long tokens) {
        return uniform(Phase.PREFILL, batch, tokens, tokens);
    }

    /** The last {@code tokens} of a prompt, or the next turn of a conversation, when {@code keys} are then held. */
    public static Pass chunk(long batch, long tokens, long keys) {
        return uniform(Phase.CHUNKED_PREFILL, batch, tokens, keys);
    }

    /** One new token a sequence; {@code keys} counts it. */
    public static Pass decode(long batch, long keys) {
        return uniform(Phase.DECODE, batch, 1, keys);
    }

    /** {@code tokens} drafted tokens (and the one before them) a sequence. */
    public static Pass verify(long batch, long tokens, long keys) {
        return uniform(Phase.SPEC_VERIFY, batch, tokens, keys);
    }

    /** One time step of a recurrent cell. */
    public static Pass step(long batch) {
        return uniform(Phase.RECURRENT_STEP, batch, 1, 1);
    }

    /** One denoising step; {@code tokens} positions of the latent, which names the level of a U-Net. */
    public static Pass denoise(long batch, long tokens) {
        return uniform(Phase.DENOISE, batch, tokens, tokens);
    }

    /** A generator's single pass; {@code positions} of the output, which names the layer of a pyramid. */
    public static Pass oneShot(long batch, long positions) {
        return uniform(Phase.ONE_SHOT, batch, positions, positions);
    }

    /** A backward pass over whole sequences. */
    public static Pass train(long batch, long tokens) {
        return uniform(Phase.TRAIN, batch, tokens, tokens);
    }

    /** Transforms of weights, outside any request. */
    public static Pass offline() {
        return new Pass(Phase.OFFLINE, List.of(), 0, 1, 0, false, 1);
    }

    public Pass withSource(long tokens) {
        return new Pass(phase, sequences, tokens, beams, pageSize, tree, tensorParallel);
    }

    public Pass withBeams(long hypotheses) {
        return new Pass(phase, sequences, sourceTokens, hypotheses, pageSize, tree, tensorParallel);
    }

    public Pass withPages(long tokens) {
        return new Pass(phase, sequences, sourceTokens, beams, tokens, tree, tensorParallel);
    }

    public Pass withTree() {
        return new Pass(phase, sequences, sourceTokens, beams, pageSize, true, tensorParallel);
    }

    public Pass withTensorParallel(int devices) {
        return new Pass(phase, sequences, sourceTokens, beams, pageSize, tree, devices);
    }

    /** Rows of every GEMM over tokens: new tokens of all sequences and beams. */
    public long rows() {
        return beams
                * sequences.stream().mapToLong(s -> s.count() * s.seqLenQ()).sum();
    }

    /** Requests, whatever their beams. */
    public long batch() {
        return sequences.stream().mapToLong(Segment::count).sum();
    }

    /** Sequences with a cache of their own: every beam has one. */
    public long streams() {
        return beams * batch();
    }

    /** Whether all sequences share their lengths. */
    public boolean isUniform() {
        return sequences.size() == 1;
    }

    /** New tokens a sequence, of a uniform pass. */
    public long newTokens() {
        return only().seqLenQ();
    }

    /** Keys a sequence, of a uniform pass. */
    public long keys() {
        return only().seqLenKv();
    }

    private Segment only() {
        if (!isUniform()) {
            throw new IllegalArgumentException("pass: " + label() + " has several lengths where one is needed");
        }
        return sequences.get(0);
    }

    /** Whether keys of earlier passes are read. */
    public boolean cached() {
        return switch (phase) {
            case DECODE, SPEC_VERIFY, CHUNKED_PREFILL, MIXED_BATCH -> true;
            default -> false;
        };
    }

    /** The name, {@code decode_b1_kv2048}. */
    public String label() {
        return PassLabel.of(this);
    }

    @Override
    public String toString() {
        return label();
    }
}
