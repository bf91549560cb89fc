package dev.ridgepoint.kernels.precision;

import java.util.List;

/**
 * The types a kernel reads, multiplies, accumulates and writes.
 *
 * @param id name used in files and on the command line
 * @param activation type of GEMM's A, of attention's Q
 * @param weight type of GEMM's B as multiplied from storage, of attention's K and V unless {@code kv} differs
 * @param weightFormat how the weight is quantised, or null where it is stored plainly
 * @param accumulate type sums are kept in
 * @param output type written
 * @param kv storage type of keys and values
 * @param kvFormat how keys and values are quantised, or null where they are stored plainly
 * @param compute the type whose peak rate bounds the multiplier: weight-only formats compute in 16 bit
 */
public record Precision(
        String id,
        DType activation,
        DType weight,
        QuantFormat weightFormat,
        DType accumulate,
        DType output,
        DType kv,
        QuantFormat kvFormat,
        DType compute) {

    public static final Precision FP32 = plain("fp32", DType.FP32, DType.FP32);
    public static final Precision TF32 = plain("tf32", DType.TF32, DType.FP32);
    public static final Precision FP16 = plain("fp16", DType.FP16, DType.FP16);
    public static final Precision BF16 = plain("bf16", DType.BF16, DType.BF16);
    public static final Precision FP8_E4M3 = eightBit("fp8_e4m3", DType.FP8_E4M3, QuantFormat.FP8_E4M3_TENSOR);
    public static final Precision FP8_E5M2 = eightBit("fp8_e5m2", DType.FP8_E5M2, QuantFormat.FP8_E5M2_TENSOR);
    public static final Precision INT8 = eightBit("int8", DType.INT8, QuantFormat.INT8_TENSOR);
    public static final Precision W8A16 = weightOnly("w8a16", QuantFormat.INT8_G128);
    public static final Precision W8A16_FP8 = weightOnly("w8a16_fp8", QuantFormat.FP8_E4M3_1X128);
    public static final Precision W8A16_ZP = weightOnly("w8a16_zp", QuantFormat.INT8_G128_ZP);
    public static final Precision W4A16_G128 = weightOnly("w4a16_g128", QuantFormat.INT4_G128_AWQ);
    public static final Precision W4A16_G128_GPTQ = weightOnly("w4a16_g128_gptq", QuantFormat.INT4_G128_GPTQ);
    public static final Precision W4A16_G128_SYM = weightOnly("w4a16_g128_sym", QuantFormat.INT4_G128_SYM);
    public static final Precision Q4_0 = weightOnly("q4_0", QuantFormat.Q4_0);
    public static final Precision Q8_0 = weightOnly("q8_0", QuantFormat.Q8_0);
    public static final Precision Q4_K = weightOnly("q4_k", QuantFormat.Q4_K);
    public static final Precision Q6_K = weightOnly("q6_k", QuantFormat.Q6_K);
    public static final Precision MXFP8 = eightBit("mxfp8", DType.FP8_E4M3, QuantFormat.MXFP8_E4M3);
    public static final Precision MXFP4 = weightOnly("mxfp4", QuantFormat.MXFP4);
    public static final Precision NVFP4 = weightOnly("nvfp4", QuantFormat.NVFP4);
    public static final Precision BF16_KV_FP8 = quantisedKv("bf16_kv_fp8_e4m3", QuantFormat.FP8_E4M3_TOKEN);
    public static final Precision BF16_KV_INT8 = quantisedKv("bf16_kv_int8", QuantFormat.INT8_TOKEN);

    /** Every precision, in the order tables list them. */
    public static final List<Precision> ALL = List.of(
            FP32,
            TF32,
            FP16,
            BF16,
            FP8_E4M3,
            FP8_E5M2,
            INT8,
            W8A16,
            W8A16_FP8,
            W8A16_ZP,
            W4A16_G128,
            W4A16_G128_GPTQ,
            W4A16_G128_SYM,
            Q4_0,
            Q8_0,
            Q4_K,
            Q6_K,
            MXFP8,
            MXFP4,
            NVFP4,
            BF16_KV_FP8,
            BF16_KV_INT8);

    private static Precision plain(String id, DType type, DType output) {
        return new Precision(id, type, type, null, DType.FP32, output, output, null, type);
    }

    private static Precision eightBit(String id, DType type, QuantFormat format) {
        DType sums = type == DType.INT8 ? DType.INT32 : DType.FP32;
        return new Precision(id, type, type, format, sums, DType.BF16, type, format, type);
    }

    private static Precision weightOnly(String id, QuantFormat format) {
        return new Precision(
                id, DType.BF16, format.element(), format, DType.FP32, DType.BF16, DType.BF16, null, DType.BF16);
    }

    private static Precision quantisedKv(String id, QuantFormat format) {
        return new Precision(
                id, DType.BF16, DType.BF16, null, DType.FP32, DType.BF16, format.element(), format, DType.BF16);
    }

    /**
     * The precision of that name; {@code fp8} is an alias of {@code fp8_e4m3}, {@code w4a16} of {@code w4a16_g128}.
     *
     * @throws IllegalArgumentException naming the precisions there are
     */
    public static Precision parse(String id) {
        String wanted = switch (id) {
            case "fp8" -> "fp8_e4m3";
            case "w4a16" -> "w4a16_g128";
            default -> id;
        };
        for (Precision precision : ALL) {
            if (precision.id.equals(wanted)) {
                return precision;
            }
        }
        throw new IllegalArgumentException("unknown precision '" + id + "'; known: "
                + String.join(", ", ALL.stream().map(Precision::id).toList()));
    }

    /** How activations are quantised: as weights are, where both are multiplied in one type; else null. */
    public QuantFormat activationFormat() {
        return activation == weight ? weightFormat : null;
    }

    /** Whether only weights are stored in fewer bits, which attention has none of. */
    public boolean isWeightOnly() {
        return activation != weight;
    }

    /** Whether keys and values are stored in fewer bits than they are multiplied in, which products have none of. */
    public boolean quantisesCacheOnly() {
        return kvFormat != null && weightFormat == null;
    }

    /** Bytes an element, by the part it plays. */
    public Footprint footprint() {
        return new Footprint(
                bytesPerElement(activation, activationFormat()),
                bytesPerElement(weight, weightFormat),
                bytesPerElement(kv, kvFormat),
                output.bytes());
    }

    private static double bytesPerElement(DType type, QuantFormat format) {
        return format == null ? type.bytes() : format.bytesPerElement();
    }

    @Override
    public String toString() {
        return id;
    }
}
