package dev.ridgepoint.analysis.trace.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The pages of a database file, numbered from 1, and what its head of 100 bytes says of all of them. */
final class Pages implements Closeable {
    static final int HEAD = 100;
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LEAST_PAGE = 512;
    private static final int MOST_PAGE = 1 << 16;
    private static final int LEAST_USABLE = 480;
    private static final int LEGACY = 1;

    private final FileChannel file;
    private final int size;
    private final int usable;
    private final long count;
    private final Charset text;

    private Pages(FileChannel file, int size, int usable, long count, Charset text) {
        this.file = file;
        this.size = size;
        this.usable = usable;
        this.count = count;
        this.text = text;
    }

    /** Whether a file that begins like this is a database that is not encrypted. */
    static boolean begin(byte[] first) {
        return Arrays.equals(first, 0, Math.min(first.length, MAGIC.length), MAGIC, 0, MAGIC.length);
    }

    static Pages open(Path path) throws IOException {
        for (String other : new String[] {"-wal", "-journal"}) {
            Path beside = path.resolveSibling(path.getFileName() + other);
            if (Files.isRegularFile(beside) && Files.size(beside) > 0) {
                throw new IOException(
                        "is not whole: part of it lies in " + beside + "; end what writes it, or export it again");
            }
        }
        FileChannel file = FileChannel.open(path);
        try {
            return of(file);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private static Pages of(FileChannel file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        fill(file, head, 0);
        byte[] magic = new byte[MAGIC.length];
        head.get(0, magic);
        if (!begin(magic)) {
            throw new IOException("is encrypted, or no SQLite file: it does not begin with 'SQLite format 3'");
        }
        int stated = head.getShort(16) & 0xffff;
        int size = stated == 1 ? MOST_PAGE : stated;
        int usable = size - (head.get(20) & 0xff);
        if (size < LEAST_PAGE || Integer.bitCount(size) != 1 || usable < LEAST_USABLE) {
            throw new IOException(
                    "states pages of " + size + " bytes, " + usable + " of them usable; SQLite has none such");
        }
        if (head.get(18) != LEGACY || head.get(19) != LEGACY) {
            throw new IOException("is in WAL mode, which is not read; 'PRAGMA journal_mode=DELETE' of sqlite3 ends it");
        }
        Charset text = switch (head.getInt(56)) {
            case 1 -> StandardCharsets.UTF_8;
            case 2 -> StandardCharsets.UTF_16LE;
            case 3 -> StandardCharsets.UTF_16BE;
            default -> throw new IOException("states text in encoding " + head.getInt(56) + "; SQLite has 1 to 3");
        };
        return new Pages(file, size, usable, file.size() / size, text);
    }

    /** Bytes of a page that hold content. */
    int usable() {
        return usable;
    }

    long count() {
        return count;
    }

    Charset text() {
        return text;
    }

    ByteBuffer page(long number) throws IOException {
        if (number < 1 || number > count) {
            throw new IOException("names page " + number + " of " + count + ": it is torn or broken");
        }
        ByteBuffer page = ByteBuffer.allocate(size);
        fill(file, page, (number - 1) * size);
        return page.limit(usable);
    }

    private static void fill(FileChannel file, ByteBuffer into, long at) throws IOException {
        while (into.hasRemaining()) {
            int read = file.read(into, at + into.position());
            if (read < 0) {
                throw new IOException("ends within a page: it is torn or no SQLite file");
            }
        }
        into.flip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
