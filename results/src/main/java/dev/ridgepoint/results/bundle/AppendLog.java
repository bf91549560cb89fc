package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.json.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A file that only grows, flushed at each append and hashed as it goes. */
final class AppendLog implements Closeable {
    private final Disk disk;
    private final Path bundle;
    private final String name;
    private final FileChannel channel;
    private MessageDigest digest = Sha256.digest();
    private long length;
    private boolean broken;

    /** Where a log stood, to return to. */
    record Mark(long length, MessageDigest digest) {}

    private AppendLog(Disk disk, Path bundle, String name) throws IOException {
        this.disk = disk;
        this.bundle = bundle;
        this.name = name;
        try {
            this.channel = disk.openForAppend(bundle.resolve(name));
        } catch (IOException failed) {
            throw BundleException.cannot("write " + name + " in " + bundle, failed);
        }
    }

    /** An empty log. */
    static AppendLog create(Disk disk, Path bundle, String name) throws IOException {
        AppendLog log = new AppendLog(disk, bundle, name);
        log.cutTo(0);
        return log;
    }

    /** The log as it is, cut to its first {@code keep} bytes. */
    static AppendLog reopen(Disk disk, Path bundle, String name, long keep) throws IOException {
        AppendLog log = new AppendLog(disk, bundle, name);
        log.cutTo(keep);
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (log.length < keep) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), keep - log.length));
            log.channel.read(buffer, log.length);
            log.length += buffer.position();
            log.digest.update(buffer.flip());
        }
        return log;
    }

    private void cutTo(long keep) throws IOException {
        if (channel.size() > keep) {
            disk.truncate(channel, keep);
            disk.force(channel);
        }
        channel.position(keep);
    }

    long length() {
        return length;
    }

    /** Appends all or nothing, as far as the disk lets us take back what was half written. */
    void append(byte[] bytes) throws IOException {
        if (broken) {
            throw new BundleException("cannot write " + name + " in " + bundle + ": an earlier write failed half-way");
        }
        Mark before = mark();
        try {
            disk.write(channel, ByteBuffer.wrap(bytes));
            disk.force(channel);
        } catch (IOException failed) {
            rollBack(before);
            throw BundleException.cannot("write " + name + " in " + bundle, failed);
        }
        digest.update(bytes);
        length += bytes.length;
    }

    Mark mark() {
        return new Mark(length, copy(digest));
    }

    /** Takes back what was appended since; after a failure to do so nothing is appended any more. */
    void rollBack(Mark mark) {
        try {
            disk.truncate(channel, mark.length);
            channel.position(mark.length);
            length = mark.length;
            digest = copy(mark.digest);
        } catch (IOException failed) {
            broken = true;
        }
    }

    /** For reading at a position. */
    FileChannel channel() {
        return channel;
    }

    FileEntry entry() {
        return new FileEntry(name, length, Sha256.hex(copy(digest)));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the platform's SHA-256 cannot be copied", impossible);
        }
    }
}
