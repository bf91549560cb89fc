package dev.ridgepoint.kernels.precision;

import java.util.List;

/**
 * A quantised storage format: the code type, who shares a scale, and what scales and zeros cost.
 *
 * <p>This says how large the data are; what the bits mean is the codec's business.
 *
 * @param id name used in files and on the command line
 * @param element type of a code
 * @param granularity who shares a scale
 * @param scale type of a scale as stored
 * @param zeroBits bits of a zero point for each scale, 0 for symmetric formats
 * @param extraBits further bits a group that are neither codes nor one scale and one zero (k-quants keep 6-bit
 *     sub-scales under a super-scale)
 * @param layout how codes are packed
 */
public record QuantFormat(
        String id, DType element, Granularity granularity, DType scale, int zeroBits, int extraBits, Layout layout) {

    /** How codes are packed, and into how many bits codes of neighbouring rows or columns are filled up. */
    public enum Layout {
        /** A byte a code, row-major. */
        BYTES(0, 0),
        /** Two codes a byte, row-major: even columns in the low nibble; an odd row ends in a zero nibble. */
        NIBBLES(0, Byte.SIZE),
        /** Eight output channels (rows) of one column an int32, as AutoAWQ's GEMM kernels read them. */
        AWQ(Integer.SIZE, 0),
        /** Neighbouring columns of one row an int32, as AutoGPTQ stores them: eight of four bits, four of eight. */
        GPTQ(0, Integer.SIZE),
        /** Codes and scales of a group together in one block (GGUF); a row ends in a whole block. */
        BLOCKS(0, 0);

        private final int rowBits;
        private final int colBits;

        Layout(int rowBits, int colBits) {
            this.rowBits = rowBits;
            this.colBits = colBits;
        }
    }

    public static final QuantFormat INT8_TENSOR = plain("int8_tensor", DType.INT8, Granularity.PER_TENSOR);
    public static final QuantFormat INT8_TOKEN = plain("int8_token", DType.INT8, Granularity.PER_ROW);
    public static final QuantFormat INT8_CHANNEL = plain("int8_channel", DType.INT8, Granularity.PER_COLUMN);
    public static final QuantFormat INT8_G128 = plain("int8_g128", DType.INT8, Granularity.group(128));
    public static final QuantFormat FP8_E4M3_TENSOR = plain("fp8_e4m3_tensor", DType.FP8_E4M3, Granularity.PER_TENSOR);
    public static final QuantFormat FP8_E4M3_TOKEN = plain("fp8_e4m3_token", DType.FP8_E4M3, Granularity.PER_ROW);
    public static final QuantFormat FP8_E4M3_1X128 = plain("fp8_e4m3_1x128", DType.FP8_E4M3, Granularity.BLOCK_1X128);
    public static final QuantFormat FP8_E4M3_128X128 =
            plain("fp8_e4m3_128x128", DType.FP8_E4M3, Granularity.BLOCK_128X128);
    public static final QuantFormat FP8_E5M2_TENSOR = plain("fp8_e5m2_tensor", DType.FP8_E5M2, Granularity.PER_TENSOR);
    public static final QuantFormat FP8_E5M2_TOKEN = plain("fp8_e5m2_token", DType.FP8_E5M2, Granularity.PER_ROW);
    public static final QuantFormat FP8_E5M2_1X128 = plain("fp8_e5m2_1x128", DType.FP8_E5M2, Granularity.BLOCK_1X128);
    public static final QuantFormat FP8_E5M2_128X128 =
            plain("fp8_e5m2_128x128", DType.FP8_E5M2, Granularity.BLOCK_128X128);
    /** Unsigned, with a zero point of eight bits a group, in the words of GPTQ's checkpoints of eight bits. */
    public static final QuantFormat INT8_G128_ZP = packed("int8_g128_zp", DType.INT8, 8, Layout.GPTQ);

    public static final QuantFormat INT4_G128_AWQ = packed("int4_g128_awq", DType.INT4, 4, Layout.AWQ);
    public static final QuantFormat INT4_G128_GPTQ = packed("int4_g128_gptq", DType.INT4, 4, Layout.GPTQ);
    /** Symmetric: every zero point is 8, and none is stored. */
    public static final QuantFormat INT4_G128_SYM = packed("int4_g128_sym", DType.INT4, 0, Layout.GPTQ);

    public static final QuantFormat Q4_0 =
            new QuantFormat("q4_0", DType.INT4, Granularity.group(32), DType.FP16, 0, 0, Layout.BLOCKS);
    public static final QuantFormat Q8_0 =
            new QuantFormat("q8_0", DType.INT8, Granularity.group(32), DType.FP16, 0, 0, Layout.BLOCKS);
    /** 256 elements in 144 bytes: fp16 super-scale and super-minimum, eight 6-bit scales and minima, 128 code bytes. */
    public static final QuantFormat Q4_K =
            new QuantFormat("q4_k", DType.INT4, Granularity.group(256), DType.FP16, 0, 16 + 8 * 12, Layout.BLOCKS);
    /** 256 elements in 210 bytes: fp16 super-scale, sixteen 8-bit scales, 192 code bytes. */
    public static final QuantFormat Q6_K =
            new QuantFormat("q6_k", DType.INT6, Granularity.group(256), DType.FP16, 0, 16 * 8, Layout.BLOCKS);

    public static final QuantFormat MXFP8_E4M3 =
            new QuantFormat("mxfp8_e4m3", DType.FP8_E4M3, Granularity.group(32), DType.E8M0, 0, 0, Layout.BYTES);
    public static final QuantFormat MXFP4 =
            new QuantFormat("mxfp4", DType.FP4_E2M1, Granularity.group(32), DType.E8M0, 0, 0, Layout.NIBBLES);
    /** Block scales in e4m3 under one fp32 scale a tensor. */
    public static final QuantFormat NVFP4 =
            new QuantFormat("nvfp4", DType.FP4_E2M1, Granularity.group(16), DType.FP8_E4M3, 0, 0, Layout.NIBBLES);

    /** Every format, in the order tables list them. */
    public static final List<QuantFormat> ALL = List.of(
            INT8_TENSOR,
            INT8_TOKEN,
            INT8_CHANNEL,
            INT8_G128,
            INT8_G128_ZP,
            FP8_E4M3_TENSOR,
            FP8_E4M3_TOKEN,
            FP8_E4M3_1X128,
            FP8_E4M3_128X128,
            FP8_E5M2_TENSOR,
            FP8_E5M2_TOKEN,
            FP8_E5M2_1X128,
            FP8_E5M2_128X128,
            INT4_G128_AWQ,
            INT4_G128_GPTQ,
            INT4_G128_SYM,
            Q4_0,
            Q8_0,
            Q4_K,
            Q6_K,
            MXFP8_E4M3,
            MXFP4,
            NVFP4);

    private static QuantFormat plain(String id, DType element, Granularity granularity) {
        return new QuantFormat(id, element, granularity, DType.FP32, 0, 0, Layout.BYTES);
    }

    private static QuantFormat packed(String id, DType element, int zeroBits, Layout layout) {
        return new QuantFormat(id, element, Granularity.group(128), DType.FP16, zeroBits, 0, layout);
    }

    /**
     * The format of that name.
     *
     * @throws IllegalArgumentException naming the formats there are
     */
    public static QuantFormat parse(String id) {
        for (QuantFormat format : ALL) {
            if (format.id.equals(id)) {
                return format;
            }
        }
        throw new IllegalArgumentException("unknown quantised format '" + id + "'; known: "
                + String.join(", ", ALL.stream().map(QuantFormat::id).toList()));
    }

    /** Whether codes and scales share one buffer of blocks. */
    public boolean packed() {
        return layout == Layout.BLOCKS;
    }

    /** Bytes of all codes of a [rows, cols] matrix, filled up as the layout asks. */
    public long codeBytes(long rows, long cols) {
        long down = fill(rows, codesIn(layout.rowBits));
        long across = fill(cols, packed() ? granularity.cols() : codesIn(layout.colBits));
        return ceilToBytes(Math.multiplyExact(Math.multiplyExact(down, across), (long) element.bits()));
    }

    /** Bytes of all scales, zeros and sub-scales of a [rows, cols] matrix. */
    public long scaleBytes(long rows, long cols) {
        long bitsEach = (long) scale.bits() + extraBits;
        return ceilToBytes(Math.multiplyExact(granularity.count(rows, cols), bitsEach)) + zerosLength(rows, cols);
    }

    /** Length of the buffer of codes: whole blocks where the format is packed. */
    public long codesLength(long rows, long cols) {
        return codeBytes(rows, cols) + (packed() ? scaleBytes(rows, cols) : 0);
    }

    /** Length of the buffer of scales; 0 where the format is packed. */
    public long scalesLength(long rows, long cols) {
        return packed() ? 0 : scaleBytes(rows, cols) - zerosLength(rows, cols);
    }

    /** Length of the buffer of zero points, as many rows an int32 as it holds; 0 where there are none. */
    public long zerosLength(long rows, long cols) {
        return zeroBits == 0 ? 0 : granularity.count(fill(rows, codesInWord()), cols) * zeroBits / 8;
    }

    /** Codes of an int32, in layouts that pack them so; zero points too, which have as many bits. */
    public int codesInWord() {
        return codesIn(Integer.SIZE);
    }

    private int codesIn(int bits) {
        return Math.max(1, bits / element.bits());
    }

    private static long fill(long extent, int unit) {
        return (extent + unit - 1) / unit * unit;
    }

    /** Bytes an element where scales are shared by groups of fixed size; without scales where they are not. */
    public double bytesPerElement() {
        int rows = granularity.rows();
        int cols = granularity.cols();
        double shared = rows == Granularity.ALL || cols == Granularity.ALL
                ? 0
                : (scale.bits() + zeroBits + extraBits) / ((double) rows * cols);
        return (element.bits() + shared) / 8.0;
    }

    private static long ceilToBytes(long bits) {
        return (bits + 7) / 8;
    }

    @Override
    public String toString() {
        return id;
    }
}
