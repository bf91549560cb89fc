package dev.ridgepoint.analysis.classify;

import java.util.List;

/**
 * What a descriptor may say beyond extents; null where it does not.
 *
 * @param batch sequences in the batch
 * @param qTokens new tokens a sequence
 * @param kvLen keys a sequence attends to, cached and new
 * @param mask {@code full} or {@code causal ...} of the model around a GEMM
 * @param kvCache whether the model keeps a cache of keys and values
 * @param unknown names of shape fields that are neither extents nor hints we know
 */
public record Hints(Long batch, Long qTokens, Long kvLen, String mask, Boolean kvCache, List<String> unknown) {
    public Hints {
        unknown = List.copyOf(unknown);
    }

    /** New tokens a sequence of a GEMM with {@code rows} rows: as said, or rows over batch where that is whole. */
    public Long tokensOf(long rows) {
        if (qTokens != null) {
            return qTokens;
        }
        return batch != null && rows % batch == 0 ? Long.valueOf(rows / batch) : null;
    }

    /** Sequences of a GEMM with {@code rows} rows: as said, or rows over tokens where that is whole. */
    public Long sequencesOf(long rows) {
        if (batch != null) {
            return batch;
        }
        return qTokens != null && rows % qTokens == 0 ? Long.valueOf(rows / qTokens) : null;
    }
}
