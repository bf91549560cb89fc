package dev.ridgepoint.analysis.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.QuantCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorStudyTest {
    @TempDir
    private Path folder;

    /** Several chunks, a ragged last one, ragged groups: 141 rows in chunks of 128, 4111 columns of 128. */
    private static final int ROWS = 141;

    private static final int COLS = 4111;

    private static final class Whole {
        static final float[] VALUES = values();

        private static float[] values() {
            float[] values = new float[ROWS * COLS];
            try {
                MadeTensor.of("outlier-channels", 7, ROWS, COLS)
                        .read((firstRow, rows, chunk) ->
                                System.arraycopy(chunk, 0, values, (int) firstRow * COLS, rows * COLS));
            } catch (IOException none) {
                throw new IllegalStateException(none);
            }
            // The whole's largest magnitudes lie in the last chunk, where the first chunks' scales must know them.
            values[140 * COLS + 17] = 3000;
            return values;
        }
    }

    /** The search of the k-quants takes its time; they have no scale beyond a block. */
    private static Stream<QuantFormat> formats() {
        return QuantFormat.ALL.stream().filter(format -> format != QuantFormat.Q4_K && format != QuantFormat.Q6_K);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void chunksGiveTheCodesOfTheWhole(QuantFormat format) throws IOException {
        assertTrue(Tensor.chunkRows(ROWS, COLS) < ROWS, "one chunk tests nothing");
        QuantCodec codec = QuantCodecs.of(format);
        QuantTensor whole = codec.encode(Whole.VALUES, ROWS, COLS);
        Path npy = write(Whole.VALUES, ROWS, COLS);
        StorageFormat wanted = StorageFormat.parse(format.id());
        TensorStudy study = TensorStudy.of(NpyTensor.open(npy, 0), List.of(wanted), folder);
        assertArrayEquals(whole.codes(), body("codes", format), "codes");
        assertArrayEquals(whole.scales(), body("scales", format), "scales");
        assertArrayEquals(whole.zeros(), body("zeros", format), "zeros");
        if (format == QuantFormat.NVFP4) {
            float scale = ByteBuffer.wrap(body("tensor_scale", format))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getFloat();
            assertEquals(whole.tensorScale(), scale);
        }
        metrics(Whole.VALUES, codec.decode(whole), study.errors().get(0));
    }

    private static void metrics(float[] before, float[] after, StorageError error) {
        double noise = 0;
        double signal = 0;
        double dot = 0;
        double other = 0;
        double max = 0;
        long zero = 0;
        for (int i = 0; i < before.length; i++) {
            double off = (double) after[i] - before[i];
            noise += off * off;
            signal += (double) before[i] * before[i];
            other += (double) after[i] * after[i];
            dot += (double) before[i] * after[i];
            max = Math.max(max, Math.abs(off));
            zero += before[i] != 0 && after[i] == 0 ? 1 : 0;
        }
        assertEquals(max, error.maxAbs());
        assertEquals(Math.sqrt(noise / before.length), error.rms(), 1e-9 * error.rms());
        assertEquals(Math.sqrt(noise / signal), error.relative(), 1e-9 * error.relative());
        assertEquals(10 * Math.log10(signal / noise), error.sqnrDb(), 1e-6);
        assertEquals(dot / Math.sqrt(signal * other), error.cosine(), 1e-10);
        assertEquals((double) zero / before.length, error.underflowed());
        assertEquals(0, error.lost());
    }

    @Test
    void castsSaturateUnderflowAndLose() throws IOException {
        float[] values = {1, 449, 1000, -1000, 1e-9f, 0, Float.NaN, Float.POSITIVE_INFINITY};
        TensorStudy study = TensorStudy.of(
                NpyTensor.open(write(values, 1, 8), 0),
                List.of(StorageFormat.parse("fp8_e4m3"), StorageFormat.parse("fp16"), StorageFormat.parse("bf16")),
                null);
        StorageError fp8 = study.errors().get(0);
        assertEquals(2.0 / 8, fp8.saturated(), "449 is rounded to 448, 1000 is cut");
        assertEquals(1.0 / 8, fp8.underflowed());
        assertEquals(1000 - 448, fp8.maxAbs());
        assertEquals(0, fp8.lost());
        assertEquals(1.0 / 8, study.errors().get(1).underflowed());
        assertEquals(0, study.errors().get(2).underflowed());
        assertEquals(1, study.facts().nan());
        assertEquals(1, study.facts().infinite());
        assertEquals(1, study.facts().zeros());
        assertEquals(1L, study.facts().histogram().get(0));
        assertEquals(1L, study.facts().histogram().get(-30));
        assertEquals(2L, study.facts().histogram().get(9));
    }

    /** The OCP rule for a microscaling format's exponent lets magnitudes above 6 times it be cut off. */
    @Test
    void saturationOfSharedScalesIsSeen() throws IOException {
        float[] values = new float[32];
        Arrays.fill(values, 1);
        values[3] = 7.9f;
        values[4] = -7.9f;
        Path npy = write(values, 1, 32);
        List<StorageFormat> formats = List.of(StorageFormat.parse("mxfp4"), StorageFormat.parse("int8:token"));
        TensorStudy study = TensorStudy.of(NpyTensor.open(npy, 0), formats, null);
        assertEquals(2.0 / 32, study.errors().get(0).saturated());
        assertEquals(0, study.errors().get(1).saturated());
        assertEquals(
                0.0,
                TensorStudy.of(NpyTensor.open(npy, 0), StorageFormat.all(), null).errors().stream()
                        .filter(error -> error.format().id().startsWith("q6_k"))
                        .findFirst()
                        .orElseThrow()
                        .saturated());
    }

    @Test
    void halvesAndEveryVersionOfTheHeadAreRead() throws IOException {
        byte[] halves = FloatCodec.encode(DType.FP16, new float[] {1.5f, -2, 0.25f, 65504});
        for (int version = 1; version <= 3; version++) {
            Path npy = Files.write(
                    folder.resolve("half.npy"),
                    npy(version, "{'descr': '<f2', 'fortran_order': False, 'shape': (2, 1, 2), }", halves));
            NpyTensor tensor = NpyTensor.open(npy, 0);
            assertEquals(2, tensor.rows());
            assertEquals(2, tensor.cols());
            tensor.read((firstRow, rows, values) ->
                    assertArrayEquals(new float[] {1.5f, -2, 0.25f, 65504}, Arrays.copyOf(values, 4)));
            assertEquals(1, NpyTensor.open(npy, 4).rows());
        }
    }

    @Test
    void whatIsDumpedIsReadAgain() throws IOException {
        float[] values = {1, 2, 3, 4, 5, 6};
        TensorStudy.of(NpyTensor.open(write(values, 2, 3), 0), List.of(StorageFormat.parse("fp16")), folder);
        NpyTensor.open(folder.resolve("fp16.codes.npy"), 0).read((firstRow, rows, read) -> {
            assertEquals(2, rows);
            assertArrayEquals(values, Arrays.copyOf(read, 6));
        });
    }

    private byte[] body(String part, QuantFormat format) throws IOException {
        Path file = folder.resolve(format.id() + "." + part + ".npy");
        if (!Files.exists(file)) {
            return new byte[0];
        }
        byte[] all = Files.readAllBytes(file);
        int head = 10 + (all[8] & 0xFF | (all[9] & 0xFF) << 8);
        assertEquals(0, head % 64, "NumPy aligns the elements");
        assertEquals('\n', all[head - 1]);
        return Arrays.copyOfRange(all, head, all.length);
    }

    private Path write(float[] values, int rows, int cols) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        String head = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + cols + "), }";
        return Files.write(folder.resolve("tensor.npy"), npy(1, head, bytes.array()));
    }

    private static byte[] npy(int version, String head, byte[] body) {
        int before = version == 1 ? 10 : 12;
        ByteBuffer all =
                ByteBuffer.allocate(before + head.length() + body.length).order(ByteOrder.LITTLE_ENDIAN);
        all.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            all.putShort((short) head.length());
        } else {
            all.putInt(head.length());
        }
        head.chars().forEach(c -> all.put((byte) c));
        return all.put(body).array();
    }
}
