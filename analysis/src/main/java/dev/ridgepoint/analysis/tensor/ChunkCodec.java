package dev.ridgepoint.analysis.tensor;

import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.QuantCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantTensor;
import java.util.Arrays;
import java.util.Map;

/**
 * A format's codec on a chunk of rows, bit for bit as on the whole tensor. Where a scale reaches beyond the chunk, one row
 * is put under it that holds the largest magnitudes of the whole: the codec then arrives at the whole's scales.
 */
final class ChunkCodec {
    /** Where codes lie in the blocks of GGUF, whose other bytes are scales: from, to, length of a block. */
    private static final Map<QuantFormat, int[]> CODES_OF_BLOCK = Map.of(
            QuantFormat.Q4_0, new int[] {2, 18, 18},
            QuantFormat.Q8_0, new int[] {2, 34, 34},
            QuantFormat.Q4_K, new int[] {16, 144, 144},
            QuantFormat.Q6_K, new int[] {0, 192, 210});

    private final QuantCodec codec;
    private final TensorFacts whole;

    ChunkCodec(QuantFormat format, TensorFacts whole) {
        this.codec = QuantCodecs.of(format);
        this.whole = whole;
    }

    /** Rows that {@link #encode} puts under a chunk. */
    int rowsBelow() {
        boolean beyond = codec.format().granularity().rows() == Granularity.ALL;
        return beyond || codec.format() == QuantFormat.NVFP4 ? 1 : 0;
    }

    /** The codes of a chunk, and of the row below it where there is one. */
    QuantTensor encode(float[] values, int rows, int cols) {
        float[] chunk = Arrays.copyOf(values, (rows + rowsBelow()) * cols);
        if (rowsBelow() > 0) {
            if (codec.format().granularity().cols() == 1) {
                System.arraycopy(whole.columnAbsMax(), 0, chunk, rows * cols, cols);
            } else {
                Arrays.fill(chunk, rows * cols, chunk.length, 0);
                chunk[rows * cols] = whole.absMax();
            }
        }
        return codec.encode(chunk, rows + rowsBelow(), cols);
    }

    float[] decode(QuantTensor tensor) {
        return codec.decodeRows(tensor, 0, tensor.rows() - rowsBelow());
    }

    /** What each element could be at most ({@code top}) or at least under the scale it has. */
    float[] extremes(QuantTensor tensor, boolean top) {
        byte[] codes = tensor.codes().clone();
        byte code = code(tensor.format(), top);
        if (tensor.format().packed()) {
            int[] block = CODES_OF_BLOCK.get(tensor.format());
            for (int at = 0; at < codes.length; at += block[2]) {
                Arrays.fill(codes, at + block[0], at + block[1], code);
            }
        } else {
            Arrays.fill(codes, code);
        }
        return decode(new QuantTensor(
                tensor.format(),
                tensor.rows(),
                tensor.cols(),
                codes,
                tensor.scales(),
                tensor.zeros(),
                tensor.tensorScale()));
    }

    /** The byte of the largest or the smallest code, two of them in a byte of nibbles. */
    private static byte code(QuantFormat format, boolean top) {
        return switch (format.element()) {
            case FP8_E4M3 -> (byte) (top ? 0x7E : 0xFE);
            case FP8_E5M2 -> (byte) (top ? 0x7B : 0xFB);
            case FP4_E2M1 -> (byte) (top ? 0x77 : 0xFF);
            case INT8 -> (byte) (format.zeroBits() > 0 ? top ? 0xFF : 0x00 : top ? 0x7F : 0x80);
            default -> (byte) (top ? 0xFF : 0x00);
        };
    }
}
