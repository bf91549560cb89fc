package dev.ridgepoint.benchmarks.jmh;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps two measurements from sharing a machine, for the whole of a run.
 *
 * <p>It is JMH's own lock, taken once: JMH would take and release it for every fork, and another run could slip in
 * between. JMH here is told to ignore it; any other JMH on this machine still sees it.
 */
public final class MachineLock implements AutoCloseable {
    private static final String IGNORE = "jmh.ignoreLock";

    private final FileChannel channel;

    private MachineLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, or returns null where another measurement holds it. */
    public static MachineLock tryAcquire() throws IOException {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
        FileChannel channel = open(file);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            // Same answer as a lock held by another process: not ours.
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            return null;
        }
        System.setProperty(IGNORE, "true");
        return new MachineLock(channel);
    }

    private static FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (AccessDeniedException anothers) {
            throw new IOException(
                    file
                            + ": another user's lock; have it removed, or set RIDGEPOINT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                    anothers);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
