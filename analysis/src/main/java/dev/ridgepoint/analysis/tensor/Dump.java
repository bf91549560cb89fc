package dev.ridgepoint.analysis.tensor;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantFormat.Layout;
import dev.ridgepoint.kernels.precision.QuantTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One format's codes, scales and zeros of a whole tensor as {@code .npy} files, in the layout its kernels read: {@code
 * FORMAT.codes.npy}, {@code FORMAT.scales.npy}, {@code FORMAT.zeros.npy}, and for NVFP4 {@code FORMAT.tensor_scale.npy}.
 * Types NumPy does not know are unsigned integers of their width; GGUF's blocks hold their scales themselves.
 */
final class Dump implements AutoCloseable {
    private final StorageFormat format;
    private final Path folder;
    private final long rows;
    private final int cols;
    private NpyFile codes;
    private NpyFile scales;
    private NpyFile zeros;

    private Dump(StorageFormat format, Path folder, long rows, int cols) {
        this.format = format;
        this.folder = folder;
        this.rows = rows;
        this.cols = cols;
    }

    static Dump open(StorageFormat format, Path folder, Tensor tensor) throws IOException {
        Files.createDirectories(folder);
        Dump dump = new Dump(format, folder, tensor.rows(), tensor.cols());
        if (format.format() == null) {
            int bytes = format.type().bits() / 8;
            dump.codes = dump.file("codes", descr(format.type()), bytes, tensor.rows(), tensor.cols());
        } else {
            dump.create(format.format());
        }
        return dump;
    }

    private void create(QuantFormat quantised) throws IOException {
        Granularity shared = quantised.granularity();
        boolean turned = turned(quantised);
        long groups = shared.count(1, cols);
        if (turned) {
            int inWord = quantised.codesInWord();
            long words = (rows + inWord - 1) / inWord;
            codes = quantised.layout() == Layout.AWQ
                    ? file("codes", "<i4", 4, cols, words)
                    : file("codes", "<i4", 4, (cols + inWord - 1) / inWord, rows);
            if (quantised.zeroBits() > 0) {
                zeros = file("zeros", "<i4", 4, groups, words);
            }
            scales = file("scales", descr(quantised.scale()), 2, groups, rows);
            return;
        }
        boolean signed = quantised.layout() == Layout.BYTES && quantised.element() == DType.INT8;
        codes = file("codes", signed ? "|i1" : "|u1", 1, rows, quantised.codesLength(1, cols));
        if (!quantised.packed()) {
            int bytes = quantised.scale().bits() / 8;
            scales = file("scales", descr(quantised.scale()), bytes, shared.count(rows, 1), groups);
        }
    }

    /** Whether groups lie row by row and channels side by side. */
    private static boolean turned(QuantFormat quantised) {
        return quantised.layout() == Layout.AWQ || quantised.layout() == Layout.GPTQ;
    }

    private NpyFile file(String part, String descr, int bytes, long down, long across) throws IOException {
        return NpyFile.create(folder.resolve(format.id() + "." + part + ".npy"), descr, bytes, down, across);
    }

    private static String descr(DType type) {
        return switch (type) {
            case FP32, TF32 -> "<f4";
            case FP16 -> "<f2";
            case BF16 -> "<u2";
            default -> "|u1";
        };
    }

    /** A chunk of a plain type. */
    void put(long firstRow, float[] values, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * format.type().bits() / 8);
        FloatCodec.encode(format.type(), values, 0, count, bytes);
        codes.put(firstRow, 0, bytes.array(), bytes.capacity(), bytes.capacity() / (count / cols));
    }

    /** A chunk of a quantised format; rows from {@code count} on are none of the tensor's. */
    void put(long firstRow, QuantTensor tensor, int count) throws IOException {
        QuantFormat quantised = tensor.format();
        if (turned(quantised)) {
            int inWord = quantised.codesInWord();
            int words = (count + inWord - 1) / inWord * 4;
            boolean awq = quantised.layout() == Layout.AWQ;
            int width = awq ? words : count * 4;
            codes.put(0, awq ? firstRow / 2 : firstRow * 4, tensor.codes(), tensor.codes().length, width);
            if (zeros != null) {
                zeros.put(0, firstRow * quantised.zeroBits() / 8, tensor.zeros(), tensor.zeros().length, words);
            }
            scales.put(0, firstRow * 2, tensor.scales(), tensor.scales().length, count * 2);
            return;
        }
        int width = (int) quantised.codesLength(1, cols);
        codes.put(firstRow, 0, tensor.codes(), count * width, width);
        if (scales != null) {
            Granularity shared = quantised.granularity();
            int across = (int) shared.count(1, cols) * quantised.scale().bits() / 8;
            boolean whole = shared.rows() == Granularity.ALL;
            long first = whole ? 0 : firstRow / shared.rows();
            scales.put(first, 0, tensor.scales(), (int) shared.count(count, 1) * across, across);
        }
        if (quantised == QuantFormat.NVFP4 && firstRow == 0) {
            tensorScale(tensor.tensorScale());
        }
    }

    private void tensorScale(float scale) throws IOException {
        try (NpyFile file = file("tensor_scale", "<f4", 4, 1, 1)) {
            byte[] bytes = ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(scale)
                    .array();
            file.put(0, 0, bytes, 4, 4);
        }
    }

    @Override
    public void close() throws IOException {
        for (NpyFile file : new NpyFile[] {codes, scales, zeros}) {
            if (file != null) {
                file.close();
            }
        }
    }
}
