package dev.ridgepoint.results.bundle;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What cases begin with, up to their outcome, by their place in a bundle. Runs of one history ask the same questions of the
 * same kernels, so that of a thousand runs half of each case is read once and from then on compared. For all threads.
 */
public final class KnownCases {
    /** Of cases behind these nothing is kept: a beginning takes a kilobyte. */
    private static final int MOST = 1 << 14;

    private final AtomicReferenceArray<Beginning> byPlace = new AtomicReferenceArray<>(MOST);

    /**
     * How a case begins, and what a glance sees of that.
     *
     * @param text from the case's bracket to the comma before its outcome, that left out
     * @param driver null where the backend has none
     */
    record Beginning(byte[] text, String id, String caseKey, String kernel, String backend, String driver) {}

    /** How the case at this place of its bundle begins; null where none that was seen there begins with the same bytes. */
    Beginning of(int place, byte[] buffer, int offset, int length) {
        Beginning seen = place < MOST ? byPlace.get(place) : null;
        boolean same = seen != null
                && seen.text.length <= length
                && Arrays.equals(seen.text, 0, seen.text.length, buffer, offset, offset + seen.text.length);
        return same ? seen : null;
    }

    void keep(int place, Beginning beginning) {
        if (place < MOST) {
            byPlace.set(place, beginning);
        }
    }
}
