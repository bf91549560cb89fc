package dev.ridgepoint.analysis.tensor;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@code .npy} file of fp32 or fp16, in C order; never in memory as a whole. */
public final class NpyTensor implements Tensor {
    private final Path file;
    private final NpyHeader header;
    private final long rows;
    private final int cols;

    private NpyTensor(Path file, NpyHeader header, long rows, int cols) {
        this.file = file;
        this.header = header;
        this.rows = rows;
        this.cols = cols;
    }

    /**
     * Opens a file.
     *
     * @param cols columns to read it with; 0 for its last axis
     * @throws IOException in one line, where it is no such file
     * @throws IllegalArgumentException if its rows are too long or do not come out even
     */
    public static NpyTensor open(Path file, int cols) throws IOException {
        String name = file.toString();
        NpyHeader header;
        try (InputStream in = Files.newInputStream(file)) {
            header = NpyHeader.read(name, new DataInputStream(new BufferedInputStream(in)));
        }
        long elements;
        long expected;
        try {
            elements = header.elements();
            expected = Math.addExact(header.bytes(), Math.multiplyExact(elements, (long) header.elementBytes()));
        } catch (ArithmeticException tooMany) {
            throw new IOException(name + ": its shape has more elements than any file", tooMany);
        }
        if (Files.size(file) != expected) {
            throw new IOException(
                    name + ": its shape asks for " + expected + " bytes, the file has " + Files.size(file));
        }
        int axes = header.shape().length;
        long across = cols > 0 ? cols : axes == 0 ? 1 : header.shape()[axes - 1];
        long down = across == 0 ? 0 : elements / across;
        Tensor.check(name, down, across);
        if (elements % across != 0) {
            throw new IllegalArgumentException("--cols: " + elements + " elements make no rows of " + across);
        }
        return new NpyTensor(file, header, down, (int) across);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public int cols() {
        return cols;
    }

    @Override
    public void read(Chunks consumer) throws IOException {
        int atOnce = Tensor.chunkRows(rows, cols);
        float[] values = new float[atOnce * cols];
        byte[] bytes = new byte[values.length * header.elementBytes()];
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(header.bytes());
            for (long row = 0; row < rows; row += atOnce) {
                int here = (int) Math.min(atOnce, rows - row);
                int length = here * cols * header.elementBytes();
                if (in.readNBytes(bytes, 0, length) < length) {
                    throw new IOException(file + ": became shorter while it was read");
                }
                decode(bytes, values, here * cols);
                consumer.accept(row, here, values);
            }
        }
    }

    private void decode(byte[] bytes, float[] values, int count) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (header.elementBytes() == 4) {
            in.asFloatBuffer().get(values, 0, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            values[i] = FloatCodec.decode(DType.FP16, in.getShort(2 * i));
        }
    }
}
