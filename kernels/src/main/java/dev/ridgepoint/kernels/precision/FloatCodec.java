package dev.ridgepoint.kernels.precision;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/**
 * Bit-exact conversion between fp32 and the narrower floating-point types, one by one and in bulk.
 *
 * <p>Every encoder rounds to nearest, ties to the even code; subnormals are kept on either side. What happens at the
 * edges:
 *
 * <table>
 * <caption>Codes at the edges</caption>
 * <tr><th>type</th><th>beyond the largest</th><th>infinity</th><th>NaN</th></tr>
 * <tr><td>fp16, bf16, tf32</td><td>infinity, from half a step above the largest</td><td>infinity</td>
 *     <td>sign and upper payload bits kept, quiet bit set (IEEE 754; x86)</td></tr>
 * <tr><td>fp8_e4m3 (fn)</td><td>448 (0x7E)</td><td>448</td><td>0x7F, sign dropped</td></tr>
 * <tr><td>fp8_e5m2</td><td>57344 (0x7B)</td><td>57344</td><td>0x7F, sign dropped</td></tr>
 * <tr><td>fp4_e2m1</td><td>6 (0x7)</td><td>6</td><td>+6 (0x7): the type has no NaN</td></tr>
 * <tr><td>e8m0</td><td>2^127 (254)</td><td>255</td><td>255; so are negative numbers. 0 gives 0, that is 2^-127</td></tr>
 * </table>
 *
 * <p>The 8-bit and 4-bit rows are PTX {@code cvt.rn.satfinite}; e5m2 can store infinities and NaNs of any payload, and
 * they are decoded as such. Decoding a signalling NaN gives a quiet one. PTX {@code cvt.rna.tf32} rounds ties away from
 * zero instead: {@link #roundToTf32Away}.
 */
public final class FloatCodec {
    private static final Map<DType, ElementCodec> CODECS = new EnumMap<>(Map.of(
            DType.FP32,
            new Fp32Prefix(0, 0),
            DType.TF32,
            new Fp32Prefix(13, 0),
            DType.BF16,
            new Fp32Prefix(16, 16),
            DType.FP16,
            MiniFloat.FP16,
            DType.FP8_E4M3,
            MiniFloat.E4M3,
            DType.FP8_E5M2,
            MiniFloat.E5M2,
            DType.FP4_E2M1,
            MiniFloat.E2M1,
            DType.E8M0,
            new E8m0()));

    /** Codes converted in one go; even, so that pairs of nibbles stay together. */
    private static final int CHUNK = 1024;

    private FloatCodec() {}

    /** The code of a value, in the low bits; fp32 and tf32 codes are fp32 bit patterns. */
    public static int encode(DType type, float value) {
        return of(type).encode(value);
    }

    /** The value of a code; bits above the type's width are ignored. */
    public static float decode(DType type, int bits) {
        return of(type).decode(bits);
    }

    /** The value after rounding to the type. */
    public static float round(DType type, float value) {
        ElementCodec codec = of(type);
        return codec.decode(codec.encode(value));
    }

    /** Rounds to tf32 as PTX {@code cvt.rna.tf32.f32} does: to nearest, ties away from zero. */
    public static float roundToTf32Away(float value) {
        return Float.isNaN(value) ? value : Float.intBitsToFloat((Float.floatToRawIntBits(value) + 0x1000) & ~0x1FFF);
    }

    /** Encodes a vector as it lies in memory: little-endian, two fp4 codes a byte with the first in the low nibble. */
    public static byte[] encode(DType type, float[] values) {
        byte[] bytes = new byte[Math.toIntExact((values.length * (long) type.bits() + 7) / 8)];
        encode(type, values, 0, values.length, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Encodes {@code count} values from {@code offset} into the target, from its position on, which moves along. */
    public static void encode(DType type, float[] values, int offset, int count, ByteBuffer target) {
        ElementCodec codec = of(type);
        ByteBuffer out = littleEndian(target);
        int[] codes = new int[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += CHUNK) {
            int length = Math.min(CHUNK, count - done);
            codec.encode(values, offset + done, length, codes);
            put(type.bits(), codes, length, out);
        }
        target.position(target.position() + out.position());
    }

    private static void put(int bits, int[] codes, int count, ByteBuffer out) {
        switch (bits) {
            case 32 -> {
                for (int i = 0; i < count; i++) {
                    out.putInt(codes[i]);
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    out.putShort((short) codes[i]);
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    out.put((byte) codes[i]);
                }
            }
            default -> {
                for (int i = 0; i < count; i += 2) {
                    int high = i + 1 < count ? codes[i + 1] : 0;
                    out.put((byte) (codes[i] | high << 4));
                }
            }
        }
    }

    /** Decodes a vector of {@code count} elements. */
    public static float[] decode(DType type, byte[] codes, int count) {
        float[] values = new float[count];
        decode(type, ByteBuffer.wrap(codes), values, 0, count);
        return values;
    }

    /** Decodes {@code count} elements from the source's position on, which moves along, to {@code offset}. */
    public static void decode(DType type, ByteBuffer source, float[] values, int offset, int count) {
        ElementCodec codec = of(type);
        ByteBuffer in = littleEndian(source);
        int[] codes = new int[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += CHUNK) {
            int length = Math.min(CHUNK, count - done);
            get(type.bits(), in, codes, length);
            codec.decode(codes, length, values, offset + done);
        }
        source.position(source.position() + in.position());
    }

    private static void get(int bits, ByteBuffer in, int[] codes, int count) {
        switch (bits) {
            case 32 -> {
                for (int i = 0; i < count; i++) {
                    codes[i] = in.getInt();
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    codes[i] = in.getShort();
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    codes[i] = in.get();
                }
            }
            default -> {
                for (int i = 0; i < count; i += 2) {
                    int pair = in.get();
                    codes[i] = pair;
                    if (i + 1 < count) {
                        codes[i + 1] = pair >> 4;
                    }
                }
            }
        }
    }

    /** The largest finite value of a type. */
    public static float maxFinite(DType type) {
        return of(type).maxFinite();
    }

    /** The smallest positive value of a type, a subnormal where it has those. */
    public static float smallestPositive(DType type) {
        return of(type).smallestPositive();
    }

    static ElementCodec of(DType type) {
        ElementCodec codec = CODECS.get(type);
        if (codec == null) {
            throw new IllegalArgumentException(
                    "type: " + type + " has no codec to and from fp32; those that have: " + CODECS.keySet());
        }
        return codec;
    }

    /** A view of the rest: its position starts at 0, so that the caller's byte order is left alone. */
    private static ByteBuffer littleEndian(ByteBuffer buffer) {
        return buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
