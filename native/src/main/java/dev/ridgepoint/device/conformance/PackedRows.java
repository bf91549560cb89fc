package dev.ridgepoint.device.conformance;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Rows of bytes as text. What neighbours share goes first: each byte becomes its distance from the one above it, and
 * bytes of one column stand together; then they are deflated and written in base 64.
 */
final class PackedRows {
    private PackedRows() {}

    static String pack(byte[] rows, int rowBytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(distances(rows, rowBytes));
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 13];
        while (!deflater.finished()) {
            packed.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    /**
     * The rows of a text.
     *
     * @throws IllegalArgumentException if it is none, or does not hold so many bytes
     */
    static byte[] unpack(String text, int bytes, int rowBytes) {
        byte[] distances = new byte[bytes];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(Base64.getDecoder().decode(text));
            int at = 0;
            while (at < bytes && !inflater.finished() && !inflater.needsInput()) {
                at += inflater.inflate(distances, at, bytes - at);
            }
            if (at < bytes) {
                throw new IllegalArgumentException("outputs: expected " + bytes + " bytes, got " + at);
            }
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("outputs: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
        return rows(distances, rowBytes);
    }

    private static byte[] distances(byte[] rows, int rowBytes) {
        int count = rows.length / rowBytes;
        byte[] distances = new byte[rows.length];
        for (int column = 0; column < rowBytes; column++) {
            int above = 0;
            for (int row = 0; row < count; row++) {
                byte here = rows[row * rowBytes + column];
                distances[column * count + row] = (byte) (here - above);
                above = here;
            }
        }
        return distances;
    }

    private static byte[] rows(byte[] distances, int rowBytes) {
        int count = distances.length / rowBytes;
        byte[] rows = new byte[distances.length];
        for (int column = 0; column < rowBytes; column++) {
            int above = 0;
            for (int row = 0; row < count; row++) {
                above += distances[column * count + row];
                rows[row * rowBytes + column] = (byte) above;
            }
        }
        return rows;
    }
}
