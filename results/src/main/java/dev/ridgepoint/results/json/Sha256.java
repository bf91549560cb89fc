package dev.ridgepoint.results.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as 64 lower-case hexadecimal digits, the one digest of every file and key. */
public final class Sha256 {
    /** Never fed: looking up a provider costs as much as hashing a kilobyte, and copying this costs nothing. */
    private static volatile MessageDigest empty = fresh();

    private Sha256() {}

    /** A digest to feed. */
    public static MessageDigest digest() {
        try {
            return (MessageDigest) empty.clone();
        } catch (CloneNotSupportedException notOfThisProvider) {
            return fresh();
        }
    }

    /** Takes copies of another digest of an empty message, which gives the same answers. */
    static void useFromNowOn(MessageDigest fresh) {
        empty = fresh;
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    public static String hex(byte[] bytes) {
        return hex(digest(), bytes);
    }

    /** The digest of a text's UTF-8 bytes. */
    public static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What was fed so far, and the digest is reset. */
    public static String hex(MessageDigest fed) {
        return HexFormat.of().formatHex(fed.digest());
    }

    /** Whether a text could be a digest. */
    public static boolean isHex(String text) {
        if (text == null || text.length() != 64) {
            return false;
        }
        for (int i = 0; i < 64; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static String hex(MessageDigest digest, byte[] bytes) {
        digest.update(bytes);
        return hex(digest);
    }
}
