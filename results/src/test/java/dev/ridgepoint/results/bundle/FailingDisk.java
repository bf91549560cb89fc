package dev.ridgepoint.results.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A disk that works for a while and then does no more; the step it fails in is half done where that can be. */
final class FailingDisk extends Disk {
    private final boolean full;
    private final boolean once;
    private int left;
    private int taken;

    private FailingDisk(int steps, boolean full, boolean once) {
        super(false);
        this.left = steps;
        this.full = full;
        this.once = once;
    }

    /** Power fails after so many steps: nothing works any more. */
    static FailingDisk cutAfter(int steps) {
        return new FailingDisk(steps, false, false);
    }

    /** Space ends after so many steps: nothing grows any more, but files can be cut and removed. */
    static FailingDisk fullAfter(int steps) {
        return new FailingDisk(steps, true, false);
    }

    /** One step fails, after which someone has made room. */
    static FailingDisk fullOnceAfter(int steps) {
        return new FailingDisk(steps, true, true);
    }

    /** Steps taken so far, failed ones included. */
    int taken() {
        return taken;
    }

    private boolean fails() {
        taken++;
        left--;
        return once ? left == -1 : left < 0;
    }

    private void step() throws IOException {
        if (fails()) {
            throw new IOException("power cut");
        }
    }

    @Override
    void createDirectories(Path directory) throws IOException {
        step();
        super.createDirectories(directory);
    }

    @Override
    FileChannel openForAppend(Path file) throws IOException {
        step();
        return super.openForAppend(file);
    }

    @Override
    FileChannel openFresh(Path file) throws IOException {
        step();
        return super.openFresh(file);
    }

    @Override
    void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        if (fails()) {
            if (left == -1 || full) {
                bytes.limit(bytes.position() + bytes.remaining() / 2);
                super.write(channel, bytes);
            }
            throw new FileSystemException("file", null, "No space left on device");
        }
        super.write(channel, bytes);
    }

    @Override
    void truncate(FileChannel channel, long length) throws IOException {
        if (!full) {
            step();
        }
        super.truncate(channel, length);
    }

    @Override
    void rename(Path from, Path to) throws IOException {
        step();
        super.rename(from, to);
    }

    @Override
    void delete(Path file) throws IOException {
        if (!full) {
            step();
        }
        super.delete(file);
    }
}
