package dev.ridgepoint.kernels.precision;

import java.util.List;

/**
 * fp8 under fp32 scales: scale = absMax / largest (448 or 57344), code = {@code cvt.rn.satfinite} of the scaled value.
 *
 * <p>Four published rules differ in how an element meets its scale, and in what keeps the scale from zero; each is
 * pinned to the granularity it is published for, see {@link Rule}.
 *
 * <p>NaN passes the maximum unseen and becomes 0x7F. (vLLM clamps with {@code fminf} and {@code fmaxf} before it
 * converts, which would turn NaN into +448; the conversion saturates by itself, so we do not.) An infinity makes the
 * scale infinite: it becomes 0x7F itself (inf / inf), its finite neighbours 0, and all decode to NaN.
 */
final class Fp8Codec extends ScaledCodec {
    /** The published rules. */
    private enum Rule {
        /**
         * vLLM's per-tensor kernels: {@code x * (1 / scale)}. A scale of 0 becomes 1 and an infinite reciprocal the
         * largest float, as in TransformerEngine; vLLM itself would turn the zeros of such a tensor into NaN.
         */
        TENSOR(false) {
            @Override
            float scale(float absMax, float largest) {
                float scale = absMax / largest;
                return scale == 0 ? 1 : scale;
            }
        },
        /** vLLM's dynamic per-token kernel: {@code x / scale}, the scale at least {@code 1 / (largest * 512)}. */
        TOKEN(true) {
            @Override
            float scale(float absMax, float largest) {
                return Math.max(absMax / largest, 1 / (largest * 512));
            }
        },
        /** vLLM's per-token-group kernel: {@code x / scale}, absMax at least 1e-10. */
        GROUP(true) {
            @Override
            float scale(float absMax, float largest) {
                return Math.max(absMax, 1e-10f) / largest;
            }
        },
        /** DeepGEMM's per-block cast of weights: {@code x * (1 / scale)}, absMax at least 1e-4. */
        BLOCK(false) {
            @Override
            float scale(float absMax, float largest) {
                return Math.max(absMax, 1e-4f) / largest;
            }
        };

        final boolean divides;

        Rule(boolean divides) {
            this.divides = divides;
        }

        abstract float scale(float absMax, float largest);
    }

    private final MiniFloat element;
    private final Rule rule;

    private Fp8Codec(QuantFormat format, MiniFloat element, Rule rule) {
        super(format);
        this.element = element;
        this.rule = rule;
    }

    static List<QuantCodec> all() {
        return List.of(
                new Fp8Codec(QuantFormat.FP8_E4M3_TENSOR, MiniFloat.E4M3, Rule.TENSOR),
                new Fp8Codec(QuantFormat.FP8_E4M3_TOKEN, MiniFloat.E4M3, Rule.TOKEN),
                new Fp8Codec(QuantFormat.FP8_E4M3_1X128, MiniFloat.E4M3, Rule.GROUP),
                new Fp8Codec(QuantFormat.FP8_E4M3_128X128, MiniFloat.E4M3, Rule.BLOCK),
                new Fp8Codec(QuantFormat.FP8_E5M2_TENSOR, MiniFloat.E5M2, Rule.TENSOR),
                new Fp8Codec(QuantFormat.FP8_E5M2_TOKEN, MiniFloat.E5M2, Rule.TOKEN),
                new Fp8Codec(QuantFormat.FP8_E5M2_1X128, MiniFloat.E5M2, Rule.GROUP),
                new Fp8Codec(QuantFormat.FP8_E5M2_128X128, MiniFloat.E5M2, Rule.BLOCK));
    }

    @Override
    public float largestCode() {
        return element.maxFinite();
    }

    @Override
    float scale(float absMax) {
        return rule.scale(absMax, element.maxFinite());
    }

    @Override
    float factor(float absMax, float scale) {
        return rule.divides ? scale : Math.min(1 / scale, Float.MAX_VALUE);
    }

    @Override
    void encodeRun(float[] values, int from, int to, float factor, byte[] codes) {
        MiniFloat type = element;
        if (rule.divides) {
            for (int i = from; i < to; i++) {
                codes[i] = (byte) type.encode(values[i] / factor);
            }
        } else {
            for (int i = from; i < to; i++) {
                codes[i] = (byte) type.encode(values[i] * factor);
            }
        }
    }

    @Override
    void decodeRun(byte[] codes, int codeFrom, float scale, float[] values, int from, int to) {
        MiniFloat type = element;
        for (int i = from, c = codeFrom; i < to; i++, c++) {
            values[i] = type.decode(codes[c]) * scale;
        }
    }
}
