package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Outputs that must equal the oracle's bit for bit. */
final class ExactExpectation implements Expectation {
    private static final int CHUNK_BYTES = 1 << 20;

    private final List<Buffer> buffers;
    private final String source;

    /**
     * One output buffer.
     *
     * @param type of an element; types narrower than a byte are compared by bytes
     * @param cols elements of a row, 0 where the buffer has no rows in order
     * @param numeric whether zeros of either sign, and NaNs of any payload, are the same
     * @param written elements that are written, or null where all are; every byte of the others is as it was
     */
    record Buffer(String name, DType type, int cols, boolean numeric, byte[] bytes, BitSet written)
            implements ErrorTally.Place {
        /** Every element is written. */
        Buffer(String name, DType type, int cols, boolean numeric, byte[] bytes) {
            this(name, type, cols, numeric, bytes, null);
        }

        boolean writes(long element) {
            return written == null || written.get((int) element);
        }

        @Override
        public String of(long element, int unused) {
            String words = cols == 0 ? "" + element : element / cols + ", " + element % cols;
            return name + "[" + words + "]";
        }

        int bytesOfElement() {
            return Math.max(1, type.bits() / 8);
        }
    }

    ExactExpectation(List<Buffer> buffers, String source) {
        this.buffers = buffers;
        this.source = source;
    }

    List<Buffer> buffers() {
        return buffers;
    }

    @Override
    public Verdict check(OutputReader outputs) {
        ErrorTally tally = new ErrorTally();
        for (Buffer buffer : buffers) {
            check(buffer, outputs, tally);
        }
        return tally.verdict("bit-exact", source, 0, 0);
    }

    private static void check(Buffer buffer, OutputReader outputs, ErrorTally tally) {
        byte[] expected = buffer.bytes();
        byte[] got = new byte[Math.min(CHUNK_BYTES, expected.length)];
        ByteBuffer chunk = ByteBuffer.allocateDirect(got.length);
        for (int offset = 0; offset < expected.length; offset += got.length) {
            int length = Math.min(got.length, expected.length - offset);
            chunk.clear().limit(length);
            outputs.read(buffer.name(), offset, chunk);
            chunk.get(0, got, 0, length);
            if (buffer.written() == null && Arrays.equals(expected, offset, offset + length, got, 0, length)) {
                int from = offset;
                tally.alike(length / buffer.bytesOfElement(), () -> squares(buffer, from, from + length));
                continue;
            }
            for (int i = 0; i < length; i += buffer.bytesOfElement()) {
                if (!buffer.writes((offset + i) / buffer.bytesOfElement())) {
                    untouched(buffer, got, i, offset, outputs, tally);
                    continue;
                }
                compare(buffer, bits(expected, offset + i, buffer), bits(got, i, buffer), offset + i, tally);
            }
        }
    }

    private static double squares(Buffer buffer, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i += buffer.bytesOfElement()) {
            double number = number(buffer, bits(buffer.bytes(), i, buffer));
            sum += Double.isFinite(number) ? number * number : 0;
        }
        return sum;
    }

    private static void untouched(
            Buffer buffer, byte[] got, int at, int offset, OutputReader outputs, ErrorTally tally) {
        for (int i = at; i < at + buffer.bytesOfElement(); i++) {
            if (got[i] != outputs.before(buffer.name(), offset + i)) {
                int bits = bits(got, at, buffer);
                tally.fail(() -> buffer.of((offset + at) / buffer.bytesOfElement(), 0)
                        + ": is not to be written, got bits 0x" + Integer.toHexString(bits));
                return;
            }
        }
    }

    private static void compare(Buffer buffer, int expected, int got, int offset, ErrorTally tally) {
        long element = offset / buffer.bytesOfElement();
        tally.compare(number(buffer, expected), 0, number(buffer, got), buffer, element, 0);
        if (expected != got && !buffer.numeric()) {
            tally.fail(() -> buffer.of(element, 0) + ": expected bits 0x" + Integer.toHexString(expected) + ", got 0x"
                    + Integer.toHexString(got));
        }
    }

    private static int bits(byte[] bytes, int at, Buffer buffer) {
        int bits = 0;
        for (int i = buffer.bytesOfElement() - 1; i >= 0; i--) {
            bits = bits << 8 | bytes[at + i] & 0xFF;
        }
        return bits;
    }

    private static double number(Buffer buffer, int bits) {
        boolean code = !buffer.type().isFloat() || buffer.type().bits() < 8;
        double number = code ? (byte) bits : FloatCodec.decode(buffer.type(), bits);
        return number == 0 ? 0 : number;
    }

    @Override
    public void write(DataOutput target) throws IOException {
        target.writeUTF(source);
        target.writeInt(buffers.size());
        for (Buffer buffer : buffers) {
            target.writeUTF(buffer.name());
            target.writeUTF(buffer.type().id());
            target.writeInt(buffer.cols());
            target.writeBoolean(buffer.numeric());
            ArrayData.write(target, buffer.bytes());
            target.writeBoolean(buffer.written() != null);
            if (buffer.written() != null) {
                ArrayData.write(target, buffer.written().toByteArray());
            }
        }
    }

    static ExactExpectation read(DataInput from) throws IOException {
        String source = from.readUTF();
        List<Buffer> buffers = new ArrayList<>();
        for (int count = from.readInt(); count > 0; count--) {
            buffers.add(new Buffer(
                    from.readUTF(),
                    DType.parse(from.readUTF()),
                    from.readInt(),
                    from.readBoolean(),
                    ArrayData.readBytes(from),
                    from.readBoolean() ? BitSet.valueOf(ArrayData.readBytes(from)) : null));
        }
        return new ExactExpectation(buffers, source);
    }
}
