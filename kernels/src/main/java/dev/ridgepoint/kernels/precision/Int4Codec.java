package dev.ridgepoint.kernels.precision;

import java.util.List;

/**
 * int4 in groups of 128 along K: asymmetric in the two layouts checkpoints use, and symmetric. The matrix is [rows = N
 * output channels, cols = K]; value = (code - zero) * scale.
 *
 * <p>Quantiser (AWQ's {@code pseudo_quantize_tensor}, GPTQ's {@code find_params}), a group's range always holding 0:
 * {@code scale = fp16(max(hi - lo, 1e-5) / 15)}; {@code zero = clamp(rint(-lo / scale), 0, 15)}; {@code code =
 * clamp(rint(x / scale) + zero, 0, 15)}. Divisions are by the scale as stored, in fp32, ties to even. NaN passes the
 * range unseen and becomes the zero point, that is 0; a range beyond fp16 (or infinite) gives an infinite scale, and its
 * group decodes to NaN.
 *
 * <p>Symmetric, as GPTQ's {@code find_params} has it under {@code sym=True} and Marlin after it: the range is from -absMax to
 * absMax, so {@code scale = fp16(max(2 absMax, 1e-5) / 15)}, and the zero point is 8, which nobody stores. absMax itself is
 * 7.5 steps: code 15, which is 7 steps, where it is positive; negative it is a tie, which goes to code 0 or -8 steps, unless
 * fp16 rounded the scale up, which makes it code 1. One thing is not GPTQ's: there a group without negative elements has
 * the scale absMax / 15, under which half of its range is clipped.
 *
 * <p>Scales are fp16 [K/128, N] in both layouts: one group's scales of all channels, then the next group's. Words are
 * little-endian int32 and nibble i is bits 4i to 4i+3. N is filled up to a multiple of 8 with zero nibbles (AWQ's
 * codes, both layouts' zeros), K too in GPTQ; a ragged last group is ordinary.
 *
 * <ul>
 *   <li>AWQ (AutoAWQ, GEMM version): codes [K, N/8], zeros [K/128, N/8], the channel of nibble i of a word being 0, 2,
 *       4, 6, 1, 3, 5, 7 in either.
 *   <li>GPTQ (AutoGPTQ, version 1, no act-order): codes [K/8, N], nibble i being column i of eight; zeros [K/128,
 *       N/8], nibble i being channel i, stored as (zero - 1) mod 16. Kernels that add the 1 back without the mod read
 *       16 for a zero point of 0.
 *   <li>Symmetric: codes as GPTQ's. A checkpoint of {@code sym=True} is this one beside zero points that are all 8.
 * </ul>
 */
abstract class Int4Codec implements QuantCodec {
    private static final int GROUP = 128;
    private static final int CODES = 15;
    /** The zero point of symmetric groups. */
    private static final int MIDDLE = 8;

    private static final float SMALLEST_RANGE = 1e-5f;

    private final QuantFormat format;
    private final boolean symmetric;

    private Int4Codec(QuantFormat format) {
        this.format = format;
        this.symmetric = format.zeroBits() == 0;
    }

    static List<QuantCodec> all() {
        return List.of(new Awq(), new Gptq(QuantFormat.INT4_G128_GPTQ), new Gptq(QuantFormat.INT4_G128_SYM));
    }

    /** Index of the nibble that holds a code; two nibbles a byte, the low one first. */
    abstract int codeAt(int channel, int col, int channels);

    /** Index of the nibble that holds a zero point. */
    abstract int zeroAt(int channel, int group, int channels);

    abstract int storeZero(int zero);

    abstract int loadZero(int stored);

    private static final class Awq extends Int4Codec {
        /** Where channel j of eight lies: the inverse of the order 0, 2, 4, 6, 1, 3, 5, 7. */
        private static final int[] NIBBLE = {0, 4, 1, 5, 2, 6, 3, 7};

        Awq() {
            super(QuantFormat.INT4_G128_AWQ);
        }

        @Override
        int codeAt(int channel, int col, int channels) {
            return (col * words(channels) + channel / 8) * 8 + NIBBLE[channel % 8];
        }

        @Override
        int zeroAt(int channel, int group, int channels) {
            return codeAt(channel, group, channels);
        }

        @Override
        int storeZero(int zero) {
            return zero;
        }

        @Override
        int loadZero(int stored) {
            return stored;
        }
    }

    private static final class Gptq extends Int4Codec {
        Gptq(QuantFormat format) {
            super(format);
        }

        @Override
        int codeAt(int channel, int col, int channels) {
            return (col / 8 * channels + channel) * 8 + col % 8;
        }

        @Override
        int zeroAt(int channel, int group, int channels) {
            return (group * words(channels) + channel / 8) * 8 + channel % 8;
        }

        @Override
        int storeZero(int zero) {
            return (zero - 1) & CODES;
        }

        @Override
        int loadZero(int stored) {
            return (stored + 1) & CODES;
        }
    }

    private static int words(int channels) {
        return (channels + 7) / 8;
    }

    @Override
    public final QuantFormat format() {
        return format;
    }

    @Override
    public final QuantTensor encode(float[] values, int rows, int cols) {
        Groups.of(format.granularity(), values, rows, cols);
        QuantTensor tensor = QuantTensor.empty(format, rows, cols, 1);
        // Groups outside, channels inside: what is written for one group of columns stays in cache.
        for (int group = 0; group * GROUP < cols; group++) {
            for (int channel = 0; channel < rows; channel++) {
                encodeGroup(values, channel, group, tensor);
            }
        }
        return tensor;
    }

    private void encodeGroup(float[] values, int channel, int group, QuantTensor tensor) {
        int firstCol = group * GROUP;
        int cols = Math.min(GROUP, tensor.cols() - firstCol);
        int from = channel * tensor.cols() + firstCol;
        float lo = 0;
        float hi = 0;
        for (int i = from; i < from + cols; i++) {
            lo = values[i] < lo ? values[i] : lo;
            hi = values[i] > hi ? values[i] : hi;
        }
        if (symmetric) {
            hi = Math.max(hi, -lo);
            lo = -hi;
        }
        int scaleCode = MiniFloat.FP16.encode(Math.max(hi - lo, SMALLEST_RANGE) / CODES);
        float scale = MiniFloat.FP16.decode(scaleCode);
        int zero = symmetric ? MIDDLE : clamp((int) Math.rint(-lo / scale));
        int scaleAt = 2 * (group * tensor.rows() + channel);
        tensor.scales()[scaleAt] = (byte) scaleCode;
        tensor.scales()[scaleAt + 1] = (byte) (scaleCode >> 8);
        if (!symmetric) {
            Nibbles.or(tensor.zeros(), zeroAt(channel, group, tensor.rows()), storeZero(zero));
        }
        for (int i = 0; i < cols; i++) {
            int code = clamp((int) Math.rint(values[from + i] / scale) + zero);
            Nibbles.or(tensor.codes(), codeAt(channel, firstCol + i, tensor.rows()), code);
        }
    }

    private int zero(QuantTensor tensor, int channel, int group) {
        return symmetric ? MIDDLE : loadZero(Nibbles.get(tensor.zeros(), zeroAt(channel, group, tensor.rows())));
    }

    /** Puts every code and zero point of {@code from}, which is of this layout, to its nibble in {@code to}. */
    final void repackInto(Int4Codec target, QuantTensor from, QuantTensor to) {
        int channels = from.rows();
        for (int channel = 0; channel < channels; channel++) {
            for (int group = 0; group * GROUP < from.cols(); group++) {
                int zero = zero(from, channel, group);
                Nibbles.or(to.zeros(), target.zeroAt(channel, group, channels), target.storeZero(zero));
            }
            for (int col = 0; col < from.cols(); col++) {
                int code = Nibbles.get(from.codes(), codeAt(channel, col, channels));
                Nibbles.or(to.codes(), target.codeAt(channel, col, channels), code);
            }
        }
    }

    private static int clamp(int code) {
        return Math.max(0, Math.min(CODES, code));
    }

    @Override
    public final float[] decodeRows(QuantTensor tensor, int fromRow, int toRow) {
        float[] values = new float[(toRow - fromRow) * tensor.cols()];
        for (int group = 0; group * GROUP < tensor.cols(); group++) {
            int firstCol = group * GROUP;
            int lastCol = Math.min(firstCol + GROUP, tensor.cols());
            for (int channel = fromRow; channel < toRow; channel++) {
                int scaleAt = 2 * (group * tensor.rows() + channel);
                int scaleCode = tensor.scales()[scaleAt] & 0xFF | tensor.scales()[scaleAt + 1] << 8;
                float scale = MiniFloat.FP16.decode(scaleCode);
                int zero = zero(tensor, channel, group);
                int out = (channel - fromRow) * tensor.cols();
                for (int col = firstCol; col < lastCol; col++) {
                    int code = Nibbles.get(tensor.codes(), codeAt(channel, col, tensor.rows()));
                    values[out + col] = (code - zero) * scale;
                }
            }
        }
        return values;
    }
}
