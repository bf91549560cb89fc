package dev.ridgepoint.device.conformance;

import java.util.Optional;

/** One output held against one golden. */
final class Comparison {
    private final TestVector vector;
    private final Golden golden;
    private final byte[] hardware;
    private final byte[] ours;
    private final int elementBytes;

    private Comparison(TestVector vector, Golden golden, byte[] ours) {
        this.vector = vector;
        this.golden = golden;
        this.hardware = golden.kept();
        this.ours = ours;
        this.elementBytes = vector.shape().elementBytes();
    }

    /** What differs beyond the bound, first in row order; empty where nothing does. */
    static Optional<Difference> of(TestVector vector, Golden golden, byte[] ours) {
        return new Comparison(vector, golden, ours).difference();
    }

    private Optional<Difference> difference() {
        int first = -1;
        int differing = 0;
        for (int at = 0; at < hardware.length; at += elementBytes) {
            if (!vector.bound().allows(bits(hardware, at), bits(ours, at))) {
                first = first < 0 ? at : first;
                differing++;
            }
        }
        if (first >= 0) {
            return Optional.of(element(first, differing));
        }
        return golden.parts() == null ? Optional.empty() : part();
    }

    private Difference element(int at, int differing) {
        int row = at / golden.rowBytes();
        String result = golden.rowBytes() == elementBytes ? "" : ", result " + at % golden.rowBytes() / elementBytes;
        return new Difference(
                vector.id(),
                vector.program(),
                vector.bound().toString(),
                "row " + row + result + ", " + vector.inputs(row),
                Digests.hex(bits(hardware, at), elementBytes),
                Digests.hex(bits(ours, at), elementBytes),
                differing + " of " + hardware.length / elementBytes + " elements");
    }

    private Optional<Difference> part() {
        String parts = Digests.ofParts(ours, Golden.PART_ROWS * golden.rowBytes());
        int part = Digests.firstDifference(golden.parts(), parts);
        if (part < 0) {
            return Optional.empty();
        }
        int row = part * Golden.PART_ROWS;
        int last = Math.min(row + Golden.PART_ROWS, golden.rows()) - 1;
        return Optional.of(new Difference(
                vector.id(),
                vector.program(),
                vector.bound().toString(),
                "among rows " + row + " to " + last + ", the first of " + vector.inputs(row),
                null,
                null,
                Digests.differences(golden.parts(), parts) + " parts of " + Golden.PART_ROWS
                        + " rows, kept as digests"));
    }

    private long bits(byte[] bytes, int at) {
        long bits = 0;
        for (int i = elementBytes - 1; i >= 0; i--) {
            bits = bits << Byte.SIZE | bytes[at + i] & 0xff;
        }
        return bits;
    }
}
