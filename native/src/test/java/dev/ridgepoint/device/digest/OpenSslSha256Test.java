package dev.ridgepoint.device.digest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenSSL's digest and the JDK's, held against NIST's vectors and against each other. */
class OpenSslSha256Test {
    private static final int LARGE = 1 << 20;

    private final Random random = new Random(20261123);

    @BeforeAll
    static void isHere() {
        assumeTrue(OpenSsl.isBuilt(), "built without g++ and cmake");
        assumeTrue(OpenSslSha256.create().isPresent(), "this machine has no libcrypto.so.3 and no libcrypto.so.1.1");
    }

    @Test
    void vectorsOfTheStandard() throws GeneralSecurityException {
        for (MessageDigest each : new MessageDigest[] {openssl(), jdk()}) {
            vector("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "", each);
            vector("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "abc", each);
            vector(
                    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
                    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                    each);
            vector("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", "a".repeat(1_000_000), each);
        }
    }

    private static void vector(String expected, String message, MessageDigest digest) {
        byte[] answer = digest.digest(message.getBytes(StandardCharsets.US_ASCII));
        assertEquals(expected, HexFormat.of().formatHex(answer));
    }

    @Test
    void everyLengthAroundABlock() throws GeneralSecurityException {
        for (int length = 0; length <= 300; length++) {
            byte[] text = text(length);
            assertArrayEquals(jdk().digest(text), openssl().digest(text), length + " bytes");
        }
    }

    @Test
    void installedItIsWhatEverybodyGets() throws GeneralSecurityException {
        byte[] text = text(LARGE + 37);
        byte[] expected = jdk().digest(text);
        ByteBuffer outside = ByteBuffer.allocateDirect(text.length).put(text).flip();
        OpenSslProvider.install();
        try {
            MessageDigest anybodys = MessageDigest.getInstance("SHA-256");
            assertInstanceOf(OpenSslSha256.class, anybodys);
            anybodys.update(outside);
            assertArrayEquals(expected, anybodys.digest());
        } finally {
            Security.removeProvider("Ridgepoint");
        }
        assertFalse(MessageDigest.getInstance("SHA-256") instanceof OpenSslSha256);
    }

    @Test
    void piecesOfAnyLength() throws GeneralSecurityException {
        byte[] text = text(LARGE + 37);
        byte[] expected = jdk().digest(text);
        for (int longest : new int[] {63, 64, 65, 200, 9000, 20_000, LARGE}) {
            MessageDigest digest = openssl();
            for (int at = 0; at < text.length; ) {
                int count = Math.min(text.length - at, random.nextInt(longest + 1));
                digest.update(text, at, count);
                at += count;
            }
            assertArrayEquals(expected, digest.digest(), "pieces of up to " + longest + " bytes");
        }
    }

    @Test
    void bytesAndBuffers() throws GeneralSecurityException {
        byte[] text = text(10_000);
        MessageDigest digest = openssl();
        digest.update(text[0]);
        digest.update(ByteBuffer.wrap(text, 1, 4000));
        digest.update(ByteBuffer.allocateDirect(5999).put(0, text, 4001, 5999));
        assertArrayEquals(jdk().digest(text), digest.digest());
        assertEquals(32, digest.getDigestLength());
        assertEquals("SHA-256", digest.getAlgorithm());
    }

    @Test
    void aDigestEndsAMessageAndACopyGoesItsOwnWay() throws Exception {
        byte[] text = text(1000);
        MessageDigest digest = openssl();
        digest.update(text, 0, 500);
        MessageDigest copy = (MessageDigest) digest.clone();
        digest.update(text, 500, 500);
        copy.update(text, 500, 7);
        assertArrayEquals(jdk().digest(text), digest.digest());
        assertArrayEquals(jdk().digest(Arrays.copyOf(text, 507)), copy.digest());
        assertArrayEquals(jdk().digest(), digest.digest(), "begun anew");
        digest.update(text, 0, 10);
        digest.reset();
        assertArrayEquals(jdk().digest(), digest.digest(), "reset");
    }

    @Test
    void whatLiesBeyondAnArrayIsRefusedAndTheContextIsLeft() {
        byte[] context = OpenSsl.begin();
        byte[] before = context.clone();
        byte[] bytes = new byte[20_000];
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> OpenSsl.update(context, bytes, 0, 20_001));
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> OpenSsl.update(context, bytes, -1, 1));
        assertArrayEquals(before, context);
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> OpenSsl.finish(new byte[before.length - 1]));
    }

    @Test
    void aLibraryThatIsNotThereOrHasNoDigestIsNotTaken() throws GeneralSecurityException {
        assertFalse(OpenSsl.open("libridgepointnone.so.3"));
        assertFalse(OpenSsl.open("libm.so.6"));
        byte[] text = text(10);
        assertArrayEquals(jdk().digest(text), openssl().digest(text), "the one that was found stays");
    }

    /** In a process of its own, since a library that was loaded stays. */
    @Test
    void whereOurSideCannotBeUnpackedThereIsNone() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dridgepoint.cache=/dev/null/nowhere",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenSslSha256Test.class.getName())
                .redirectErrorStream(true)
                .start();
        assertEquals("false\n", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, process.waitFor());
    }

    /** Prints whether OpenSSL can be had. */
    public static void main(String[] args) {
        System.out.println(OpenSslSha256.create().isPresent());
    }

    private static MessageDigest openssl() {
        return OpenSslSha256.create().orElseThrow();
    }

    private static MessageDigest jdk() throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256", "SUN");
    }

    private byte[] text(int length) {
        byte[] text = new byte[length];
        random.nextBytes(text);
        return text;
    }
}
