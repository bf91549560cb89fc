package dev.ridgepoint.results.validate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.results.json.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content is the file's, and the digest is of it, however it is asked for. */
class DigestedContentTest {
    private static final int BLOCK = 1 << 18;

    @TempDir
    Path folder;

    private final Random random = new Random(20261123);

    private byte[] written(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        Files.write(folder.resolve("file"), content);
        return content;
    }

    private DigestedContent opened(long covered) throws IOException {
        return new DigestedContent(folder.resolve("file"), covered);
    }

    @Test
    void anyLengthReadInAnyWay() throws IOException {
        for (int length : new int[] {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 17}) {
            byte[] content = written(length);
            try (DigestedContent whole = opened(length);
                    DigestedContent none = opened(length);
                    DigestedContent pieces = opened(length)) {
                assertArrayEquals(content, whole.readAllBytes());
                assertEquals(Sha256.hex(content), whole.sha256());
                assertEquals(-1, whole.read());
                assertEquals(Sha256.hex(content), none.sha256(), "what nobody asked for is hashed as well");
                assertArrayEquals(content, inPieces(pieces));
                assertEquals(Sha256.hex(content), pieces.sha256());
            }
        }
    }

    private byte[] inPieces(DigestedContent from) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[100_000];
        for (int one = from.read(); one >= 0; one = from.read()) {
            out.write(one);
            int offset = random.nextInt(10);
            int read = from.read(piece, offset, random.nextInt(piece.length - offset));
            out.write(piece, offset, Math.max(read, 0));
        }
        return out.toByteArray();
    }

    /** Of a log that has grown the digest is of what was there before; its content is all of it. */
    @Test
    void theBytesBehindTheCoveredOnesAreReadAndNotHashed() throws IOException {
        byte[] content = written(3 * BLOCK + 17);
        for (int covered : new int[] {0, 1, BLOCK, 2 * BLOCK + 5}) {
            try (DigestedContent grown = opened(covered)) {
                assertArrayEquals(content, grown.readAllBytes());
                assertEquals(Sha256.hex(Arrays.copyOf(content, covered)), grown.sha256());
            }
        }
    }

    /** A file that is read twice could be one thing to the digest and another to the reader. */
    @Test
    void whatIsHashedIsWhatWasRead() throws IOException {
        byte[] content = written(3 * BLOCK);
        try (DigestedContent changing = opened(content.length);
                FileChannel file = FileChannel.open(folder.resolve("file"), StandardOpenOption.WRITE)) {
            int first = changing.read();
            file.write(ByteBuffer.wrap(new byte[] {(byte) (first + 1)}), 0);
            byte[] rest = changing.readAllBytes();
            byte[] read = new byte[content.length];
            read[0] = (byte) first;
            System.arraycopy(rest, 0, read, 1, rest.length);
            assertArrayEquals(content, read);
            assertEquals(Sha256.hex(read), changing.sha256());
        }
    }
}
