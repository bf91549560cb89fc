package dev.ridgepoint.device.conformance;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, cut to what tells outputs apart, and bits as text. */
final class Digests {
    /** Bytes of a digest of a whole output. */
    private static final int WHOLE = 16;
    /** Bytes of a digest of a part, of which there are many. */
    private static final int PART = 4;

    private Digests() {}

    /** Of these bytes, one after the other. */
    static String of(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, WHOLE);
    }

    /** Of every so many bytes, joined. */
    static String ofParts(byte[] bytes, int partBytes) {
        StringBuilder text = new StringBuilder();
        MessageDigest digest = sha256();
        for (int at = 0; at < bytes.length; at += partBytes) {
            digest.update(bytes, at, Math.min(partBytes, bytes.length - at));
            text.append(HexFormat.of().formatHex(digest.digest(), 0, PART));
        }
        return text.toString();
    }

    /** The first part whose digest differs, or -1. */
    static int firstDifference(String parts, String others) {
        int digits = 2 * PART;
        for (int at = 0; at < Math.max(parts.length(), others.length()); at += digits) {
            if (!parts.regionMatches(at, others, at, digits)) {
                return at / digits;
            }
        }
        return -1;
    }

    /** How many parts differ. */
    static int differences(String parts, String others) {
        int digits = 2 * PART;
        int count = 0;
        for (int at = 0; at < Math.max(parts.length(), others.length()); at += digits) {
            count += parts.regionMatches(at, others, at, digits) ? 0 : 1;
        }
        return count;
    }

    /** The lowest bytes of a number. */
    static String hex(long bits, int bytes) {
        return HexFormat.of().toHexDigits(bits, 2 * bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
