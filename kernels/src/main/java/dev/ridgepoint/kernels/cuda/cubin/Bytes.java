package dev.ridgepoint.kernels.cuda.cubin;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A little-endian range of bytes that says where a read would leave it. */
final class Bytes {
    private final ByteBuffer buffer;
    private final String what;

    private Bytes(ByteBuffer buffer, String what) {
        this.buffer = buffer;
        this.what = what;
    }

    static Bytes of(byte[] bytes, String what) {
        return new Bytes(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), what);
    }

    int size() {
        return buffer.limit();
    }

    int u8(long at) {
        return buffer.get(check(at, 1)) & 0xff;
    }

    int u16(long at) {
        return buffer.getShort(check(at, 2)) & 0xffff;
    }

    int i32(long at) {
        return buffer.getInt(check(at, 4));
    }

    long i64(long at) {
        return buffer.getLong(check(at, 8));
    }

    Bytes slice(long at, long length, String name) {
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new CubinFormatException(what + ": " + length + " bytes at " + at + " are beyond its end");
        }
        int from = check(at, (int) length);
        return new Bytes(buffer.slice(from, (int) length).order(ByteOrder.LITTLE_ENDIAN), name);
    }

    /** Text up to the next zero. */
    String text(long at) {
        int end = check(at, 1);
        while (u8(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - (int) at];
        buffer.get((int) at, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    byte[] toArray() {
        byte[] copy = new byte[size()];
        buffer.get(0, copy);
        return copy;
    }

    private int check(long at, int length) {
        if (at < 0 || length < 0 || at > size() - length) {
            throw new CubinFormatException(what + ": " + length + " bytes at " + at + " are beyond its end");
        }
        return (int) at;
    }
}
