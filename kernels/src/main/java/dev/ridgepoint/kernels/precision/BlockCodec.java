package dev.ridgepoint.kernels.precision;

import java.util.Arrays;

/**
 * GGUF formats: each row is a sequence of blocks that hold codes and scales together. A ragged last block is encoded
 * as if zeros followed, which no scale can see.
 */
abstract class BlockCodec implements QuantCodec {
    private final QuantFormat format;
    private final int blockBytes;

    BlockCodec(QuantFormat format) {
        this.format = format;
        this.blockBytes = Math.toIntExact(format.codesLength(1, 1));
    }

    /** Encodes one block of values into zeroed bytes from {@code at} on. */
    abstract void encodeBlock(float[] block, byte[] out, int at);

    /** Decodes the block at {@code at}. */
    abstract void decodeBlock(byte[] codes, int at, float[] block);

    @Override
    public final QuantFormat format() {
        return format;
    }

    @Override
    public final QuantTensor encode(float[] values, int rows, int cols) {
        Groups.of(format.granularity(), values, rows, cols);
        QuantTensor tensor = QuantTensor.empty(format, rows, cols, 1);
        float[] block = new float[format.granularity().cols()];
        int at = 0;
        for (int row = 0; row < rows; row++) {
            for (int col = 0; col < cols; col += block.length, at += blockBytes) {
                int length = Math.min(block.length, cols - col);
                System.arraycopy(values, row * cols + col, block, 0, length);
                Arrays.fill(block, length, block.length, 0f);
                encodeBlock(block, tensor.codes(), at);
            }
        }
        return tensor;
    }

    @Override
    public final float[] decodeRows(QuantTensor tensor, int fromRow, int toRow) {
        int cols = tensor.cols();
        float[] values = new float[(toRow - fromRow) * cols];
        float[] block = new float[format.granularity().cols()];
        int at = fromRow * ((cols + block.length - 1) / block.length) * blockBytes;
        for (int row = fromRow; row < toRow; row++) {
            for (int col = 0; col < cols; col += block.length, at += blockBytes) {
                decodeBlock(tensor.codes(), at, block);
                int length = Math.min(block.length, cols - col);
                System.arraycopy(block, 0, values, (row - fromRow) * cols + col, length);
            }
        }
        return values;
    }

    static void putHalf(byte[] bytes, int at, float value) {
        int code = MiniFloat.FP16.encode(value);
        bytes[at] = (byte) code;
        bytes[at + 1] = (byte) (code >> 8);
    }

    static float getHalf(byte[] bytes, int at) {
        return MiniFloat.FP16.decode(bytes[at] & 0xFF | bytes[at + 1] << 8);
    }
}
