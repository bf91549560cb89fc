package dev.ridgepoint.device.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.precision.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goldens as they are written, read and compared; outputs are made up, and no device takes part. */
class GoldenTest {
    private static final Origin ORIGIN = new Origin(1, "A GPU", "sm_90a", false, "13.0", "then", "us", Map.of());

    @TempDir
    private Path folder;

    private static PtxVector vector(int rows, Bound bound) {
        Snippet snippet = Snippet.of(Isa.SM_80, "add.u32 %d0, %a0, %a1;", 32, List.of(32, 32));
        return new PtxVector("add.u32", "integers", snippet, Inputs.of(rows, (row, operand) -> row + operand), bound);
    }

    private static byte[] noise(int rows) {
        byte[] bytes = new byte[4 * rows];
        new Random(rows).nextBytes(bytes);
        return bytes;
    }

    @Test
    void rowsComeBackAsTheyWere() {
        for (int rowBytes : new int[] {1, 2, 6, 16}) {
            byte[] rows = new byte[rowBytes * 1001];
            new Random(rowBytes).nextBytes(rows);
            String packed = PackedRows.pack(rows, rowBytes);
            assertArrayEquals(rows, PackedRows.unpack(packed, rows.length, rowBytes));
            assertThrows(IllegalArgumentException.class, () -> PackedRows.unpack(packed, rows.length + 1, rowBytes));
        }
    }

    @Test
    void aSmallOutputIsKeptWholeAndItsDifferenceNamed() {
        PtxVector vector = vector(1000, Bound.EXACT);
        byte[] hardware = noise(1000);
        Golden golden = Golden.recorded(vector, hardware);
        assertEquals(1000, golden.keptRows());
        assertTrue(Comparison.of(vector, golden, hardware).isEmpty());
        byte[] ours = hardware.clone();
        ours[4 * 777 + 1] ^= 0x10;
        ours[4 * 900] ^= 1;
        Difference difference = Comparison.of(vector, golden, ours).orElseThrow();
        assertEquals("row 777, lane 9 of warp 24: %a0 = 0x00000309, %a1 = 0x0000030a", difference.where());
        assertEquals(Digests.hex(bits(hardware, 777), 4), difference.hardware());
        assertEquals(Digests.hex(bits(hardware, 777) ^ 0x1000, 4), difference.ours());
        assertEquals("2 of 1000 elements", difference.differing());
    }

    private static long bits(byte[] bytes, int row) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4 * row);
    }

    @Test
    void ofALargeOutputThePartIsNamed() {
        PtxVector vector = vector(20_000, Bound.EXACT);
        byte[] hardware = noise(20_000);
        Golden golden = Golden.recorded(vector, hardware);
        assertTrue(golden.keptRows() < 20_000, "noise does not pack");
        byte[] ours = hardware.clone();
        ours[4 * 15_000] ^= 1;
        Difference difference = Comparison.of(vector, golden, ours).orElseThrow();
        assertTrue(difference.where().startsWith("among rows 14848 to 15103, the first of lane 0"), difference.where());
        assertEquals("1 parts of 256 rows, kept as digests", difference.differing());
        ours[0] ^= 1;
        assertEquals(
                "1 of " + golden.keptRows() + " elements",
                Comparison.of(vector, golden, ours).orElseThrow().differing());
    }

    @Test
    void aBoundAllowsWhatItSays() {
        Bound bound = Bound.near(DType.FP32, 0x1p-20, 0);
        assertTrue(bound.allows(f32(1), f32(1 + 0x1p-20f)));
        assertFalse(bound.allows(f32(1), f32(1 + 0x1p-19f)));
        assertTrue(bound.allows(0x7fffffffL, 0x7fc00000L), "NaN is NaN");
        assertFalse(bound.allows(f32(Float.POSITIVE_INFINITY), f32(Float.MAX_VALUE)));
        assertFalse(bound.allows(f32(Float.POSITIVE_INFINITY), f32(Float.NEGATIVE_INFINITY)));
        assertFalse(bound.allows(f32(0), f32(Float.MIN_VALUE)));
        assertTrue(Bound.near(DType.FP16, 0, 1).allows(0x3c00, 0x4000), "1 and 2");
        assertFalse(Bound.EXACT.allows(0, 0x80000000L));
    }

    private static long f32(float value) {
        return Integer.toUnsignedLong(Float.floatToRawIntBits(value));
    }

    @Test
    void aSetIsReadAsItWasWritten() throws IOException {
        PtxVector vector = vector(300, Bound.EXACT);
        GoldenSet written = GoldenSet.open(folder, ORIGIN);
        written.add(Golden.recorded(vector, noise(300)));
        written.add(Golden.without(vector(1, Bound.EXACT), Golden.Outcome.SKIPPED, "needs sm_100"));
        assertThrows(IOException.class, () -> GoldenSet.read(folder), "an id twice");
        Files.delete(folder.resolve(GoldenSet.GOLDENS));
        GoldenSet again = GoldenSet.open(folder, ORIGIN);
        again.add(Golden.recorded(vector, noise(300)));
        GoldenSet read = GoldenSet.read(folder);
        assertEquals(ORIGIN, read.origin());
        assertEquals(again.goldens(), read.goldens());
        Origin other = new Origin(1, "Another", "sm_90a", false, "13.0", "then", "us", Map.of());
        assertThrows(IOException.class, () -> GoldenSet.open(folder, other));
        assertEquals(
                List.of(folder),
                GoldenSet.in(folder.getParent()).stream().filter(folder::equals).toList());
    }

    @Test
    void aBitChangedInAFileIsRefusedByItsLine() throws IOException {
        GoldenSet.open(folder, ORIGIN).add(Golden.recorded(vector(300, Bound.EXACT), noise(300)));
        Path file = folder.resolve(GoldenSet.GOLDENS);
        String line = Files.readString(file);
        Files.writeString(
                file,
                line.replaceFirst("\"digest\":\"(.)", "\"digest\":\"" + (line.contains("\"digest\":\"0") ? '1' : '0')));
        IOException refused = assertThrows(IOException.class, () -> GoldenSet.read(folder));
        assertEquals(file + ":1: add.u32: digest: is not that of the outputs", refused.getMessage());
        Files.writeString(file, "{\"id\":3");
        assertTrue(assertThrows(IOException.class, () -> GoldenSet.read(folder))
                .getMessage()
                .startsWith(file + ":1: "));
    }
}
