package dev.ridgepoint.device.digest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each form of the compression function that this processor has, held against the JDK's digest and NIST's vectors. */
class Sha256SpiTest {
    /** Plain, BMI, AVX2 and SHA; the others go by the plain one. */
    private static final int FORMS = 4;

    private static final int LARGE = 1 << 20;

    private final Random random = new Random(20261122);

    @BeforeAll
    static void builtHere() {
        assumeTrue(NativeSha256.isBuilt(), "built without g++ and cmake");
        assertTrue(NativeSha256.load());
    }

    static IntStream forms() {
        return NativeSha256.isBuilt() && NativeSha256.load()
                ? IntStream.range(0, FORMS).filter(NativeSha256::has)
                : IntStream.of(0);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void vectorsOfTheStandard(int form) {
        assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", ofText(form, ""));
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ofText(form, "abc"));
        assertEquals(
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
                ofText(form, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
        assertEquals(
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
                ofText(form, "a".repeat(1_000_000)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyLengthAroundABlock(int form) throws GeneralSecurityException {
        for (int length = 0; length <= 300; length++) {
            byte[] text = text(length);
            Sha256Spi ours = new Sha256Spi(form);
            ours.engineUpdate(text, 0, length);
            assertArrayEquals(expected(text), ours.engineDigest(), length + " bytes");
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void piecesOfAnyLength(int form) throws GeneralSecurityException {
        byte[] text = text(LARGE + 37);
        byte[] expected = expected(text);
        for (int longest : new int[] {1, 63, 64, 65, 200, 9000, LARGE}) {
            Sha256Spi ours = new Sha256Spi(form);
            for (int at = 0; at < text.length; ) {
                int count = Math.min(text.length - at, longest == 1 ? 1 : random.nextInt(longest + 1));
                ours.engineUpdate(text, at, count);
                at += count;
            }
            assertArrayEquals(expected, ours.engineDigest(), "pieces of up to " + longest + " bytes");
        }
    }

    /** As whoever asks the JDK for a digest gets it. */
    @Test
    void bytesAndBuffersThroughTheProvider() throws GeneralSecurityException {
        byte[] text = text(10_000);
        MessageDigest ours = MessageDigest.getInstance("SHA-256", new DigestProvider());
        ours.update(text[0]);
        ours.update(ByteBuffer.wrap(text, 1, 4000));
        ours.update(ByteBuffer.allocateDirect(5999).put(0, text, 4001, 5999));
        assertArrayEquals(expected(text), ours.digest());
        assertEquals(32, ours.getDigestLength());
    }

    @Test
    void whereTheLibraryIsMissingTheJdksDigestAnswers() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dridgepoint.cache=/dev/null/nowhere",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sha256SpiTest.class.getName())
                .redirectErrorStream(true)
                .start();
        assertEquals(
                "SUN ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n",
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, process.waitFor());
    }

    /** Prints whose digest it gets, and that of "abc". */
    public static void main(String[] args) throws GeneralSecurityException {
        DigestProvider.register();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] answer = digest.digest("abc".getBytes(StandardCharsets.US_ASCII));
        System.out.println(digest.getProvider().getName() + " " + HexFormat.of().formatHex(answer));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aDigestEndsAMessageAndACopyGoesItsOwnWay(int form) throws Exception {
        byte[] text = text(1000);
        Sha256Spi ours = new Sha256Spi(form);
        ours.engineUpdate(text, 0, 500);
        Sha256Spi copy = (Sha256Spi) ours.clone();
        ours.engineUpdate(text, 500, 500);
        copy.engineUpdate(text, 500, 7);
        assertArrayEquals(expected(text), ours.engineDigest());
        assertArrayEquals(expected(Arrays.copyOf(text, 507)), copy.engineDigest());
        assertArrayEquals(expected(new byte[0]), ours.engineDigest(), "begun anew");
        ours.engineUpdate(text, 0, 10);
        ours.engineReset();
        assertArrayEquals(expected(new byte[0]), ours.engineDigest(), "reset");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void bytesBeyondAnArrayAreRefusedAndTheStateIsLeft(int form) {
        int[] state = {1, 2, 3, 4, 5, 6, 7, 8};
        assertThrows(
                ArrayIndexOutOfBoundsException.class, () -> NativeSha256.compress(form, state, new byte[127], 0, 2));
        assertThrows(
                ArrayIndexOutOfBoundsException.class, () -> NativeSha256.compress(form, state, new byte[128], -1, 1));
        assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6, 7, 8}, state);
    }

    private static String ofText(int form, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Sha256Spi ours = new Sha256Spi(form);
        ours.engineUpdate(bytes, 0, bytes.length);
        return HexFormat.of().formatHex(ours.engineDigest());
    }

    private byte[] text(int length) {
        byte[] text = new byte[length];
        random.nextBytes(text);
        return text;
    }

    private static byte[] expected(byte[] text) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256", "SUN").digest(text);
    }
}
