package dev.ridgepoint.results.merge;

import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Joins the arrays of JMH's files, its text left as it is, for JMH's own writer wrote it. */
final class JmhArrays {
    private JmhArrays() {}

    /** Longer than white space and a bracket, shorter than any entry. */
    private static final int TAIL = 64;

    /** Writes the joined array; false where a part has none, so that the whole would be short of it. */
    static boolean join(List<BundleReader> readers, Path target) throws IOException {
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.WRITE)) {
            boolean empty = true;
            text(out, "[");
            for (BundleReader reader : readers) {
                Path file = reader.path().resolve(Layout.JMH);
                if (!Files.isRegularFile(file)) {
                    return false;
                }
                try (FileChannel in = FileChannel.open(file)) {
                    long end = lastBracket(in, file);
                    if (end > TAIL) {
                        text(out, empty ? "" : ",");
                        empty = false;
                        copy(in, 1, end, out);
                    }
                }
            }
            text(out, "]\n");
            return true;
        }
    }

    /** Where the array ends; it begins with the first byte, as JMH writes it. */
    private static long lastBracket(FileChannel in, Path file) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(1);
        in.read(first, 0);
        ByteBuffer tail = ByteBuffer.allocate((int) Math.min(TAIL, in.size()));
        long begin = in.size() - tail.capacity();
        while (tail.hasRemaining() && in.read(tail, begin + tail.position()) >= 0) {
            // Until the end is there.
        }
        for (int i = tail.position() - 1; i >= 0 && first.get(0) == '['; i--) {
            if (tail.get(i) == ']') {
                return begin + i;
            }
        }
        throw new BundleException(file + " is not laid out as JMH lays out its arrays");
    }

    private static void copy(FileChannel in, long from, long to, FileChannel out) throws IOException {
        for (long at = from; at < to; ) {
            at += in.transferTo(at, to - at, out);
        }
    }

    private static void text(FileChannel out, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
