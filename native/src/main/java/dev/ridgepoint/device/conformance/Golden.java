package dev.ridgepoint.device.conformance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;

/**
 * What a device answered to a vector: all of the output where it packs well, else its first rows and a digest of every
 * {@value #PART_ROWS} rows.
 *
 * @param id the vector's
 * @param group the vector's
 * @param outcome {@link Outcome}
 * @param reason why there is no output; null where there is
 * @param fingerprint the vector's
 * @param rows of the whole output
 * @param rowBytes bytes of one
 * @param digest of the whole output
 * @param keptRows rows in {@code outputs}
 * @param outputs {@link PackedRows}
 * @param parts digests of parts, where not every row is kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "group", "outcome", "reason", "fingerprint", "rows", "rowBytes", "digest", "keptRows"})
public record Golden(
        String id,
        String group,
        Outcome outcome,
        String reason,
        String fingerprint,
        Integer rows,
        Integer rowBytes,
        String digest,
        Integer keptRows,
        String outputs,
        String parts) {
    static final int PART_ROWS = 256;
    /** Characters of an output that is kept whole. */
    private static final int WHOLE_BUDGET = 24 << 10;
    /** Bytes of rows that are kept of any other output. */
    private static final int FIRST_BUDGET = 12 << 10;

    /** How recording a vector went. */
    public enum Outcome {
        RECORDED,
        /** The device does not have the instruction. */
        SKIPPED,
        /** The driver or the device refused what it should have run. */
        FAILED
    }

    /** An output, packed. */
    static Golden recorded(TestVector vector, byte[] output) {
        int rowBytes = vector.shape().rowBytes();
        String whole = PackedRows.pack(output, rowBytes);
        // A bound needs hardware's values, not their digests.
        boolean keep = vector.bound() != Bound.EXACT || whole.length() <= WHOLE_BUDGET;
        int kept = keep
                ? vector.shape().rows()
                : Math.max(1, Math.min(vector.shape().rows(), FIRST_BUDGET / rowBytes));
        return new Golden(
                vector.id(),
                vector.group(),
                Outcome.RECORDED,
                null,
                vector.fingerprint(),
                vector.shape().rows(),
                rowBytes,
                Digests.of(output),
                kept,
                keep ? whole : PackedRows.pack(Arrays.copyOf(output, kept * rowBytes), rowBytes),
                keep ? null : Digests.ofParts(output, PART_ROWS * rowBytes));
    }

    static Golden without(TestVector vector, Outcome outcome, String reason) {
        return new Golden(vector.id(), vector.group(), outcome, reason, null, null, null, null, null, null, null);
    }

    /** The rows that were kept. */
    byte[] kept() {
        return PackedRows.unpack(outputs, keptRows * rowBytes, rowBytes);
    }

    /**
     * Refuses a line that cannot be what {@link #recorded} wrote.
     *
     * @throws IllegalArgumentException naming the field
     */
    void check() {
        require(id != null && group != null && outcome != null, "id, group and outcome must be there");
        if (outcome != Outcome.RECORDED) {
            require(reason != null, id + ": reason: missing");
            return;
        }
        require(
                fingerprint != null && digest != null && outputs != null,
                id + ": fingerprint, digest or outputs missing");
        require(rows != null && rows > 0 && rowBytes != null && rowBytes > 0, id + ": rows, rowBytes: expected > 0");
        require(keptRows != null && keptRows > 0 && keptRows <= rows, id + ": keptRows: expected 1 to " + rows);
        boolean whole = keptRows.equals(rows);
        require(whole || parts != null, id + ": parts: missing, though not every row is kept");
        require(!whole || Digests.of(kept()).equals(digest), id + ": digest: is not that of the outputs");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
