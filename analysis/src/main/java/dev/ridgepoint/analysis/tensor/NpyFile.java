package dev.ridgepoint.analysis.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** A two-dimensional {@code .npy} file of version 1, written in rectangles of bytes. */
final class NpyFile implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    private final FileChannel channel;
    private final long head;
    private final long rowBytes;

    private NpyFile(FileChannel channel, long head, long rowBytes) {
        this.channel = channel;
        this.head = head;
        this.rowBytes = rowBytes;
    }

    /**
     * Creates a file, replacing one that is there.
     *
     * @param descr type of an element in NumPy's words
     * @param elementBytes bytes of it
     */
    static NpyFile create(Path file, String descr, int elementBytes, long rows, long cols) throws IOException {
        String text = String.format(
                Locale.ROOT, "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }", descr, rows, cols);
        int length = (10 + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - 10;
        ByteBuffer head = ByteBuffer.allocate(10 + length);
        head.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) length, (byte) (length >> 8)});
        head.put((text + " ".repeat(length - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        channel.write(head.flip());
        return new NpyFile(channel, 10L + length, cols * elementBytes);
    }

    /**
     * Puts a rectangle in place.
     *
     * @param firstRow row of its first byte
     * @param firstByte place of its first byte in that row
     * @param width bytes of each of its rows, which follow one another
     */
    void put(long firstRow, long firstByte, byte[] bytes, int length, int width) throws IOException {
        if (width == rowBytes) {
            write(ByteBuffer.wrap(bytes, 0, length), head + firstRow * rowBytes);
            return;
        }
        for (int at = 0; at < length; at += width) {
            write(ByteBuffer.wrap(bytes, at, width), head + (firstRow + at / width) * rowBytes + firstByte);
        }
    }

    private void write(ByteBuffer from, long at) throws IOException {
        long place = at;
        while (from.hasRemaining()) {
            place += channel.write(from, place);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
