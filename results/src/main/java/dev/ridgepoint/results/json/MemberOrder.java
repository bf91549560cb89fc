package dev.ridgepoint.results.json;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The canonical order of members that came in some other one. Ten thousand cases have the same members in the same order
 * all along, so it is worked out once and then only looked up.
 */
final class MemberOrder {
    private static final int PLACES = 256;
    /** Larger objects are not remembered: strangers may have made them. */
    private static final int MOST_MEMBERS = 64;

    /** Read and written by all threads: what one does not see yet it works out again. */
    private static final MemberOrder[] KNOWN = new MemberOrder[PLACES];

    private final String[] names;
    private final int[] sorted;
    private final byte[][] texts;

    private MemberOrder(String[] names) {
        this.names = names;
        // String order is by UTF-16 code unit, as RFC 8785 asks.
        sorted = IntStream.range(0, names.length)
                .boxed()
                .sorted(Comparator.comparing(i -> names[i]))
                .mapToInt(i -> i)
                .toArray();
        texts = IntStream.of(sorted).mapToObj(i -> JsonText.plainName(names[i])).toArray(byte[][]::new);
    }

    /** The order of these names, which are not changed afterwards. */
    static MemberOrder of(String[] names) {
        int count = names.length;
        if (count == 0 || count > MOST_MEMBERS) {
            return new MemberOrder(names);
        }
        int hash = 31 * (31 * count + names[0].hashCode()) + names[count - 1].hashCode();
        int place = (hash ^ hash >>> 8) & PLACES - 1;
        MemberOrder known = KNOWN[place];
        if (known == null || !Arrays.equals(known.names, names)) {
            known = new MemberOrder(names);
            KNOWN[place] = known;
        }
        return known;
    }

    /** Where the i-th member in canonical order stood. */
    int place(int i) {
        return sorted[i];
    }

    /** Its name between quotation marks and the colon; null where the name is not plain. */
    byte[] text(int i) {
        return texts[i];
    }
}
