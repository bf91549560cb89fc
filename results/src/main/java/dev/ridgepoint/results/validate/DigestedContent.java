package dev.ridgepoint.results.validate;

import dev.ridgepoint.results.json.LargeDigest;
import dev.ridgepoint.results.json.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.ForkJoinTask;

/**
 * A large file's bytes, read once and hashed as they go by: a block is hashed on another thread, or here where none is
 * idle, while it is gone through for its content. So what was understood is what was hashed, whatever becomes of the file.
 */
final class DigestedContent extends InputStream {
    private static final int BLOCK = 1 << 18;

    private final InputStream file;
    private final MessageDigest digest;
    /** How many of the bytes to come are covered by the digest. */
    private long covered;

    private byte[] block = new byte[BLOCK];
    private byte[] next = new byte[BLOCK];
    private int at;
    private int filled;
    /** Of the block that is gone through; null before the first. */
    private ForkJoinTask<?> hashing;

    /** @param bytes how much from the file's beginning on the digest is of */
    DigestedContent(Path path, long bytes) throws IOException {
        file = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
        LargeDigest.expect(bytes);
        digest = Sha256.digest();
        covered = bytes;
    }

    /** The digest, after whatever nobody asked for was read as well; to be asked once. */
    String sha256() throws IOException {
        while (covered > 0 && more()) {
            // Until all that is covered went by.
        }
        hashed();
        return Sha256.hex(digest);
    }

    @Override
    public int read() throws IOException {
        return at < filled || more() ? block[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == filled && !more()) {
            return -1;
        }
        int count = Math.min(length, filled - at);
        System.arraycopy(block, at, to, offset, count);
        at += count;
        return count;
    }

    /** Steps to the next block; false at the end of the file. */
    private boolean more() throws IOException {
        int read = file.readNBytes(next, 0, BLOCK);
        hashed();
        byte[] done = block;
        block = next;
        next = done;
        at = 0;
        filled = read;
        int hash = (int) Math.min(read, covered);
        covered -= hash;
        byte[] fresh = block;
        hashing = ForkJoinTask.adapt(() -> digest.update(fresh, 0, hash)).fork();
        return read > 0;
    }

    private void hashed() {
        if (hashing != null) {
            hashing.join();
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            hashed();
        }
    }
}
