package dev.ridgepoint.results.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Every change a bundle's writer makes to the disk, one method each. Tests stand in for it to crash after each step in
 * turn.
 */
class Disk {
    /** Does what it is told and makes it last. */
    static final Disk DURABLE = new Disk(true);
    /** Leaves it to the system when to write; for copies that can be made again. */
    static final Disk LAZY = new Disk(false);

    private final boolean durable;

    Disk(boolean durable) {
        this.durable = durable;
    }

    void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    FileChannel openForAppend(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
    }

    FileChannel openFresh(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void force(FileChannel channel) throws IOException {
        if (durable) {
            channel.force(false);
        }
    }

    void truncate(FileChannel channel, long length) throws IOException {
        channel.truncate(length);
    }

    /** Renames over whatever is there; the folder is written out too, else the name could be lost. */
    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (durable) {
            try (FileChannel folder = FileChannel.open(to.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
