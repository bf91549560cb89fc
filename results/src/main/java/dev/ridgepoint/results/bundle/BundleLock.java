package dev.ridgepoint.results.bundle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One writer a folder. The operating system drops the lock of a process that was killed, so none is ever stale. */
final class BundleLock implements Closeable {
    private final Path file;
    private final FileChannel channel;

    private BundleLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws BundleException if another run holds it
     */
    static BundleLock take(Path bundle) throws IOException {
        Path file = bundle.resolve(Layout.LOCK);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        } catch (IOException failed) {
            throw BundleException.cannot("write into " + bundle, failed);
        }
        try {
            if (tryLock(channel) == null) {
                throw new BundleException("another run" + holder(channel) + " is writing into " + bundle
                        + "; wait for it or name another folder");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new BundleLock(file, channel);
        } catch (IOException failed) {
            channel.close();
            throw BundleException.cannot("write into " + bundle, failed);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String digits = StandardCharsets.US_ASCII.decode(pid.flip()).toString();
        return digits.matches("\\d+") ? " (process " + digits + ")" : "";
    }

    /** The file goes first: whoever opens the name afterwards makes a new one, and cannot hold this one's lock. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
