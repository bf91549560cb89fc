package dev.ridgepoint.results.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names as texts without making each anew; of two that fall on one place the later one stays, so that it never grows. */
final class NameTable {
    private static final int PLACES = 512;

    private final byte[][] names = new byte[PLACES][];
    private final String[] texts = new String[PLACES];

    /** The text of these ASCII bytes. */
    String of(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int place = (hash ^ hash >>> 9) & PLACES - 1;
        byte[] known = names[place];
        if (known == null || !Arrays.equals(known, 0, known.length, bytes, from, to)) {
            names[place] = Arrays.copyOfRange(bytes, from, to);
            texts[place] = new String(names[place], StandardCharsets.US_ASCII);
        }
        return texts[place];
    }
}
