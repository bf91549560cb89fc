package dev.ridgepoint.analysis.classify;

import java.util.EnumMap;
import java.util.Map;

/**
 * Stated beliefs about how many tokens a sequence, and how many rows in all, each story meets.
 *
 * <p>Sources: the longest contexts of the catalogue (512 for most encoders, 1500 frames for Whisper, 77 for CLIP, 32k for
 * decoders), chunk sizes of serving systems (512, 2048), drafts of 1 to 8 tokens, latent pixels of U-Nets (squares),
 * and the habit of benchmark authors to write powers of two.
 */
final class TokenTables {
    /** Lengths of text that joint transformers put beside the pixels. */
    private static final int[] TEXTS = {77, 154, 256, 333, 512};

    private static final Map<Story, Lengths> TOKENS = new EnumMap<>(Story.class);
    private static final Map<Story, Lengths> ROWS = new EnumMap<>(Story.class);

    static {
        Lengths one = Lengths.none().atom(1, .999);
        TOKENS.put(
                Story.ENCODER_PASS,
                Lengths.none()
                        .range(16, 512, .80, .45)
                        .range(4, 15, .03, .3)
                        .range(513, 8192, .07, .45)
                        .atom(384, .04)
                        .atom(77, .03)
                        .atom(197, .01)
                        .atom(257, .01)
                        .atom(577, .01));
        TOKENS.put(Story.ENCODER_HEAD, one);
        TOKENS.put(
                Story.SEQ2SEQ_ENCODE,
                Lengths.none().range(16, 1024, .73, .35).range(4, 15, .02, .3).atom(1500, .25));
        TOKENS.put(Story.SEQ2SEQ_STEP, one);
        TOKENS.put(
                Story.PROMPT,
                Lengths.none().range(32, 32768, .9, .5).range(8, 31, .015, .3).range(32769, 1 << 20, .04, .5));
        TOKENS.put(Story.LAST_TOKEN_HEAD, one);
        TOKENS.put(
                Story.CHUNK,
                Lengths.none()
                        .atom(512, .32)
                        .atom(2048, .08)
                        .atom(1024, .08)
                        .atom(256, .1)
                        .atom(8192, .05)
                        .atom(4096, .04)
                        .range(17, 16384, .30, .1));
        TOKENS.put(Story.STEP, one);
        TOKENS.put(Story.VERIFY, verify());
        TOKENS.put(Story.HYBRID, Lengths.none().range(2, 8192, .9, .2));
        // Keys and values of the text that a U-Net attends to.
        TOKENS.put(Story.DENOISE, withText(pixels()).atom(77, .01));
        TOKENS.put(Story.GENERATOR_MAP, pixels());
        TOKENS.put(Story.GENERATOR_DENSE, one);
        TOKENS.put(Story.RNN_INPUT, Lengths.none().range(8, 2048, .85, .3).atom(25, .1));
        TOKENS.put(Story.RNN_STEP, one);
        TOKENS.put(Story.RNN_SEQ2SEQ_INPUT, Lengths.none().range(8, 256, .95, .3));
        TOKENS.put(Story.RNN_SEQ2SEQ_STEP, one);
        TOKENS.put(Story.WEIGHT_TRANSFORM, Lengths.none());
        TOKENS.put(Story.GRADIENT, Lengths.none().range(64, 8192, .95, .8));
    }

    static {
        // A third are those of a single sequence, which is often short.
        Lengths many = Lengths.none().range(16, 255, .25, .4, .1).range(256, 1 << 18, .73, .4, .35);
        Lengths sequences = Lengths.none().range(1, 1024, .99, .6);
        for (Story story : Story.values()) {
            ROWS.put(story, many);
        }
        for (Story story : new Story[] {
            Story.ENCODER_HEAD,
            Story.SEQ2SEQ_STEP,
            Story.LAST_TOKEN_HEAD,
            Story.GENERATOR_DENSE,
            Story.STEP,
            Story.RNN_STEP,
            Story.RNN_SEQ2SEQ_STEP
        }) {
            ROWS.put(story, sequences);
        }
        ROWS.put(Story.VERIFY, Lengths.none().range(2, 4096, .98, .1));
        ROWS.put(Story.CHUNK, Lengths.none().range(128, 16384, .98, .8, .1));
        // A serving system's budget of tokens a step: seldom under 256.
        ROWS.put(Story.HYBRID, Lengths.none().range(64, 255, .06, .3, .1).range(256, 16384, .92, .4, .2));
        ROWS.put(Story.DENOISE, Lengths.none().range(64, 1 << 17, .98, .7, .2));
        ROWS.put(Story.GENERATOR_MAP, Lengths.none().range(64, 1 << 22, .98, .85));
        ROWS.put(Story.GRADIENT, Lengths.none().range(512, 1 << 20, .98, .8));
    }

    private TokenTables() {}

    /** A root and one to eight drafted tokens, seldom more; trees of up to 64 nodes. */
    private static Lengths verify() {
        Lengths lengths = Lengths.none();
        for (int drafted = 1; drafted <= 8; drafted++) {
            lengths.atom(drafted + 1, .085);
        }
        return lengths.atom(16, .03).atom(64, .02).range(10, 17, .14, .0).range(18, 64, .11, .2);
    }

    /** Squares: mostly those of eight pixels times a power of two, or of 96 and 72 halved. */
    private static Lengths pixels() {
        Lengths lengths = Lengths.none().range(64, 1 << 17, .03, .1).atom(1, .01);
        for (int edge = 8; edge <= 128; edge *= 2) {
            lengths.atom((long) edge * edge, .12);
        }
        for (int edge = 12; edge <= 96; edge *= 2) {
            lengths.atom((long) edge * edge, .06);
        }
        for (int edge = 4; edge <= 192; edge += 4) {
            lengths.atom((long) edge * edge, .08 / 48);
        }
        return lengths;
    }

    private static Lengths withText(Lengths lengths) {
        for (int edge = 32; edge <= 128; edge *= 2) {
            for (int text : TEXTS) {
                lengths.atom((long) edge * edge + text, .04 / 3 / TEXTS.length);
            }
        }
        return lengths;
    }

    /** Chance of each story to meet that many tokens a sequence, in the order of {@link Story}. */
    static double[] tokens(long tokens) {
        return of(TOKENS, tokens);
    }

    /** Chance of each story to meet that many rows in all, likewise. */
    static double[] rows(long rows) {
        return of(ROWS, rows);
    }

    private static double[] of(Map<Story, Lengths> tables, long length) {
        double octave = Lengths.octave(length);
        double[] chances = new double[tables.size()];
        int next = 0;
        for (Lengths table : tables.values()) {
            chances[next++] = table.of(length, octave);
        }
        return chances;
    }
}
