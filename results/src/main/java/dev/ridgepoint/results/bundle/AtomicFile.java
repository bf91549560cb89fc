package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.json.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A file that is there in full or not at all: written beside its place, flushed, renamed. */
final class AtomicFile {
    private static final int BUFFER = 1 << 16;

    private AtomicFile() {}

    /** Writes the bytes. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Puts content in the place of {@code name} and says what is there now. */
    static FileEntry write(Disk disk, Path bundle, String name, Content content) throws IOException {
        Path target = bundle.resolve(name);
        Path beside = target.resolveSibling(target.getFileName() + Layout.UNFINISHED);
        try (FileChannel channel = disk.openFresh(beside);
                Sink sink = new Sink(disk, channel)) {
            content.writeTo(sink);
            sink.flush();
            disk.force(channel);
            disk.rename(beside, target);
            return new FileEntry(name, sink.bytes, Sha256.hex(sink.digest));
        } catch (IOException failed) {
            remove(disk, beside);
            throw BundleException.cannot("write " + name + " in " + bundle, failed);
        }
    }

    /** Half a file takes space that may be short; where it cannot be removed, resuming sweeps it away. */
    private static void remove(Disk disk, Path beside) {
        try {
            disk.delete(beside);
        } catch (IOException alsoFailed) {
            // The first failure is the one to report.
        }
    }

    /** Buffers, counts and hashes. */
    private static final class Sink extends OutputStream {
        private final Disk disk;
        private final FileChannel channel;
        private final MessageDigest digest = Sha256.digest();
        private final byte[] buffer = new byte[BUFFER];
        private int filled;
        private long bytes;

        Sink(Disk disk, FileChannel channel) {
            this.disk = disk;
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                int now = Math.min(length - done, BUFFER - filled);
                System.arraycopy(source, offset + done, buffer, filled, now);
                filled += now;
                done += now;
                if (filled == BUFFER) {
                    flush();
                }
            }
        }

        @Override
        public void flush() throws IOException {
            digest.update(buffer, 0, filled);
            bytes += filled;
            disk.write(channel, ByteBuffer.wrap(buffer, 0, filled));
            filled = 0;
        }
    }
}
