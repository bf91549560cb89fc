package dev.ridgepoint.results.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.MessageDigest;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LargeDigestTest {
    private static final long LARGE = 8L << 20;
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final MessageDigest jdk = Sha256.digest();
    private final MessageDigest faster = new Marked();
    private int asked;

    /** Tells itself apart by an answer that is no digest. */
    private static final class Marked extends MessageDigest implements Cloneable {
        Marked() {
            super("SHA-256");
        }

        @Override
        protected void engineUpdate(byte input) {}

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {}

        @Override
        protected byte[] engineDigest() {
            return new byte[] {1};
        }

        @Override
        protected void engineReset() {}
    }

    @AfterEach
    void forget() {
        LargeDigest.by(Optional::empty);
        Sha256.useFromNowOn(jdk);
    }

    private Optional<MessageDigest> ask() {
        asked++;
        return Optional.of(faster);
    }

    @Test
    void onlyMegabytesAreWorthAnotherDigest() {
        LargeDigest.by(this::ask);
        LargeDigest.expect(LARGE - 1);
        assertEquals(0, asked);
        assertEquals(EMPTY, Sha256.hex(""));
        LargeDigest.expect(LARGE);
        assertEquals(1, asked);
        assertEquals("01", Sha256.hex(""));
    }

    @Test
    void whereThereIsNoneTheJdkAnswers() {
        LargeDigest.expect(LARGE);
        assertEquals(EMPTY, Sha256.hex(""));
    }
}
