package dev.ridgepoint.kernels.precision;

import java.util.List;

/**
 * Codes of four and eight bits packed into int32, in groups of 128 along K: four bits asymmetric in the two layouts checkpoints
 * use, and symmetric; eight bits asymmetric in GPTQ's. The matrix is [rows = N output channels, cols = K]; value =
 * (code - zero) * scale.
 *
 * <p>Quantiser (AWQ's {@code pseudo_quantize_tensor}, GPTQ's {@code find_params}), a group's range always holding 0, and
 * {@code most} being 15 or 255: {@code scale = fp16(max(hi - lo, 1e-5) / most)}; {@code zero = clamp(rint(-lo / scale), 0,
 * most)}; {@code code = clamp(rint(x / scale) + zero, 0, most)}. Divisions are by the scale as stored, in fp32, ties to even.
 * NaN passes the range unseen and becomes the zero point, that is 0; a range beyond fp16 (or infinite) gives an infinite
 * scale, and its group decodes to NaN. Of eight bits 1e-5 / 255 is the smallest fp16 there is, and ranges below 2^-14 * 255
 * have subnormal scales, whose rounding costs up to a third of the range: code 255 then stands for less than the largest element.
 *
 * <p>Symmetric, as GPTQ's {@code find_params} has it under {@code sym=True} and Marlin after it: the range is from -absMax to
 * absMax, so {@code scale = fp16(max(2 absMax, 1e-5) / 15)}, and the zero point is 8, which nobody stores. absMax itself is
 * 7.5 steps: code 15, which is 7 steps, where it is positive; negative it is a tie, which goes to code 0 or -8 steps, unless
 * fp16 rounded the scale up, which makes it code 1. One thing is not GPTQ's: there a group without negative elements has
 * the scale absMax / 15, under which half of its range is clipped.
 *
 * <p>Scales are fp16 [K/128, N] in both layouts: one group's scales of all channels, then the next group's. Words are
 * little-endian int32 and nibble i is bits 4i to 4i+3, byte i bits 8i to 8i+7. N is filled up to a whole word with zeros (AWQ's
 * codes, both layouts' zeros), K too in GPTQ; a ragged last group is ordinary.
 *
 * <ul>
 *   <li>AWQ (AutoAWQ, GEMM version): codes [K, N/8], zeros [K/128, N/8], the channel of nibble i of a word being 0, 2,
 *       4, 6, 1, 3, 5, 7 in either.
 *   <li>GPTQ (AutoGPTQ, version 1, no act-order): codes [K/8, N], nibble i being column i of eight; zeros [K/128,
 *       N/8], nibble i being channel i, stored as (zero - 1) mod 16. Kernels that add the 1 back without the mod read
 *       16 for a zero point of 0.
 *   <li>GPTQ of eight bits: codes [K/4, N], byte i being column i of four; zeros [K/128, N/4], byte i being channel i, stored as
 *       (zero - 1) mod 256. What GPTQ's {@code pack} writes for {@code bits=8}, except that its -1 for a zero point of 0 runs over
 *       the channels above in that word, and here stays in its byte. A checkpoint in its version 2 stores the zero point itself.
 *   <li>Symmetric: codes as GPTQ's. A checkpoint of {@code sym=True} is this one beside zero points that are all 8.
 * </ul>
 */
abstract class PackedIntCodec implements QuantCodec {
    private static final int GROUP = 128;
    /** The zero point of symmetric groups. */
    private static final int MIDDLE = 8;

    private static final float SMALLEST_RANGE = 1e-5f;

    private final QuantFormat format;
    private final boolean symmetric;
    private final int bits;
    /** The largest code. */
    private final int most;

    private PackedIntCodec(QuantFormat format) {
        this.format = format;
        this.symmetric = format.zeroBits() == 0;
        this.bits = format.element().bits();
        this.most = (1 << bits) - 1;
    }

    static List<QuantCodec> all() {
        return List.of(
                new Awq(),
                new Gptq(QuantFormat.INT4_G128_GPTQ),
                new Gptq(QuantFormat.INT4_G128_SYM),
                new Gptq(QuantFormat.INT8_G128_ZP));
    }

    /** Which of all nibbles, or bytes, holds a code; two nibbles a byte, the low one first. */
    abstract int codeAt(int channel, int col, int channels);

    /** Which of all nibbles, or bytes, holds a zero point. */
    abstract int zeroAt(int channel, int group, int channels);

    abstract int storeZero(int zero);

    abstract int loadZero(int stored);

    private static final class Awq extends PackedIntCodec {
        /** Where channel j of eight lies: the inverse of the order 0, 2, 4, 6, 1, 3, 5, 7. */
        private static final int[] NIBBLE = {0, 4, 1, 5, 2, 6, 3, 7};

        Awq() {
            super(QuantFormat.INT4_G128_AWQ);
        }

        @Override
        int codeAt(int channel, int col, int channels) {
            return (col * ((channels + 7) / 8) + channel / 8) * 8 + NIBBLE[channel % 8];
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

    private static final class Gptq extends PackedIntCodec {
        private final int inWord;
        private final int most;

        Gptq(QuantFormat format) {
            super(format);
            this.inWord = format.codesInWord();
            this.most = (1 << format.element().bits()) - 1;
        }

        @Override
        int codeAt(int channel, int col, int channels) {
            return (col / inWord * channels + channel) * inWord + col % inWord;
        }

        @Override
        int zeroAt(int channel, int group, int channels) {
            return group * ((channels + inWord - 1) / inWord) * inWord + channel;
        }

        @Override
        int storeZero(int zero) {
            return (zero - 1) & most;
        }

        @Override
        int loadZero(int stored) {
            return (stored + 1) & most;
        }
    }

    private int get(byte[] buffer, int index) {
        return bits == Byte.SIZE ? buffer[index] & 0xFF : Nibbles.get(buffer, index);
    }

    /** Sets what was zero. */
    private void put(byte[] buffer, int index, int code) {
        if (bits == Byte.SIZE) {
            buffer[index] = (byte) code;
        } else {
            Nibbles.or(buffer, index, code);
        }
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
        int scaleCode = MiniFloat.FP16.encode(Math.max(hi - lo, SMALLEST_RANGE) / most);
        float scale = MiniFloat.FP16.decode(scaleCode);
        int zero = symmetric ? MIDDLE : clamp((int) Math.rint(-lo / scale));
        int scaleAt = 2 * (group * tensor.rows() + channel);
        tensor.scales()[scaleAt] = (byte) scaleCode;
        tensor.scales()[scaleAt + 1] = (byte) (scaleCode >> 8);
        if (!symmetric) {
            put(tensor.zeros(), zeroAt(channel, group, tensor.rows()), storeZero(zero));
        }
        for (int i = 0; i < cols; i++) {
            int code = clamp((int) Math.rint(values[from + i] / scale) + zero);
            put(tensor.codes(), codeAt(channel, firstCol + i, tensor.rows()), code);
        }
    }

    private int zero(QuantTensor tensor, int channel, int group) {
        return symmetric ? MIDDLE : loadZero(get(tensor.zeros(), zeroAt(channel, group, tensor.rows())));
    }

    /** Puts every code and zero point of {@code from}, which is of this layout, to its nibble in {@code to}. */
    final void repackInto(PackedIntCodec target, QuantTensor from, QuantTensor to) {
        int channels = from.rows();
        for (int channel = 0; channel < channels; channel++) {
            for (int group = 0; group * GROUP < from.cols(); group++) {
                int zero = zero(from, channel, group);
                target.put(to.zeros(), target.zeroAt(channel, group, channels), target.storeZero(zero));
            }
            for (int col = 0; col < from.cols(); col++) {
                int code = get(from.codes(), codeAt(channel, col, channels));
                target.put(to.codes(), target.codeAt(channel, col, channels), code);
            }
        }
    }

    private int clamp(int code) {
        return Math.max(0, Math.min(most, code));
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
                    int code = get(tensor.codes(), codeAt(channel, col, tensor.rows()));
                    values[out + col] = (code - zero) * scale;
                }
            }
        }
        return values;
    }
}
