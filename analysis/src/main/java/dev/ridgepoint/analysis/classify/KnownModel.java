package dev.ridgepoint.analysis.classify;

import java.util.List;

/**
 * What the classifier uses of a catalogue entry; 0 where an extent does not apply.
 *
 * @param name catalogue name
 * @param architecture its class
 * @param hidden model width
 * @param heads query heads
 * @param kvHeads key/value heads
 * @param headDim elements a head
 * @param ffn feed-forward width
 * @param moeFfn feed-forward width of one expert
 * @param gated whether gate and up projection are fused into one weight of twice the width
 * @param vocab vocabulary
 * @param maxCtx longest context
 * @param levels resolutions of a U-Net
 */
record KnownModel(
        String name,
        Architecture architecture,
        long hidden,
        long heads,
        long kvHeads,
        long headDim,
        long ffn,
        long moeFfn,
        boolean gated,
        long vocab,
        long maxCtx,
        List<Level> levels) {

    /** One resolution of a U-Net: latent pixels, channels and heads. */
    record Level(long tokens, long channels, long heads, long headDim) {}

    KnownModel {
        levels = List.copyOf(levels);
    }

    /** Everything up to the first digit, dash or dot: {@code llama}, {@code bert}, {@code qwen}. */
    String stem() {
        return stem(name);
    }

    static String stem(String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        String last = lower.substring(lower.lastIndexOf('/') + 1);
        int end = 0;
        while (end < last.length() && Character.isLetter(last.charAt(end))) {
            end++;
        }
        return last.substring(0, end);
    }
}
