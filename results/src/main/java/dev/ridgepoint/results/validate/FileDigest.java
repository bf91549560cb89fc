package dev.ridgepoint.results.validate;

import dev.ridgepoint.results.json.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.RecursiveTask;

/** The digest of a file's first bytes, taken on another thread while the file is read for its content. */
final class FileDigest extends RecursiveTask<String> {
    private static final long serialVersionUID = 1;
    private static final int BUFFER = 1 << 16;

    private final transient Path file;
    private final long bytes;

    FileDigest(Path file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    @Override
    protected String compute() {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER];
        long left = bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            while (left > 0 && !isCancelled()) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                digest.update(buffer, 0, read);
                left -= read;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return Sha256.hex(digest);
    }
}
