package dev.ridgepoint.results.validate;

import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;

/**
 * A listed file that is hashed up to the bytes its entry speaks of: a small one in memory, a large one block by block on
 * another thread, since hashing it takes as long as understanding it.
 */
final class Artefact {
    /** More than any run writes; a sparse file could be made to look larger than all disks. */
    static final long LARGEST = 8L << 30;

    /** What is said of a file that is not there. */
    static final String MISSING = "is listed in result.json but missing";

    /** Where a second thread is worth its while. */
    private static final long LARGE = 1L << 20;

    private Artefact() {}

    /** Reads the content; a {@code JsonFormatException} is reported. */
    interface Reading {
        void read(InputStream content) throws IOException;

        /** Whether a file in memory is certainly right; one that is not is read. */
        default boolean certain(byte[] content, int length) {
            return false;
        }
    }

    /**
     * Reads a file and reports what is wrong with its place, size, content or digest.
     *
     * @param mayHaveGrown whether bytes after the entry's are expected
     */
    static void check(Path bundle, FileEntry entry, boolean mayHaveGrown, Findings findings, Reading reading)
            throws IOException {
        Path file = bundle.resolve(entry.path());
        if (!inPlace(file, entry, mayHaveGrown, findings)) {
            return;
        }
        try {
            String digest = entry.bytes() < LARGE && !mayHaveGrown
                    ? hashedInMemory(file, (int) entry.bytes(), reading)
                    : hashedApart(file, entry.bytes(), reading);
            if (!digest.equals(entry.sha256())) {
                findings.error(entry.path(), "", "content does not match the digest in result.json");
            }
        } catch (JsonFormatException malformed) {
            // What cannot be read is refused as it is; hashing the rest of a gigabyte would say no more.
            findings.error(entry.path(), malformed);
        }
    }

    /** Reads a small file in one go, which matters where there are ten thousands of them. */
    private static String hashedInMemory(Path file, int bytes, Reading reading) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(bytes);
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (content.hasRemaining() && channel.read(content) >= 0) {
                // Until all is there.
            }
        }
        MessageDigest digest = Sha256.digest();
        digest.update(content.array(), 0, content.position());
        if (!reading.certain(content.array(), content.position())) {
            reading.read(new ByteArrayInputStream(content.array(), 0, content.position()));
        }
        return Sha256.hex(digest);
    }

    private static String hashedApart(Path file, long bytes, Reading reading) throws IOException {
        try (DigestedContent content = new DigestedContent(file, bytes)) {
            reading.read(content);
            return content.sha256();
        }
    }

    /** Whether it is a plain file of the size it should have; reports what it is instead. */
    static boolean inPlace(Path file, FileEntry entry, boolean mayHaveGrown, Findings findings) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException missing) {
            findings.error(entry.path(), "", MISSING);
            return false;
        }
        if (!attributes.isRegularFile()) {
            findings.error(entry.path(), "", "is not a plain file");
            return false;
        }
        long size = attributes.size();
        if (size > LARGEST) {
            findings.error(entry.path(), "", "is larger than " + (LARGEST >> 30) + " GiB");
            return false;
        }
        if (size < entry.bytes() || size > entry.bytes() && !mayHaveGrown) {
            findings.error(entry.path(), "", "has " + size + " bytes; result.json says " + entry.bytes());
            return false;
        }
        return true;
    }
}
