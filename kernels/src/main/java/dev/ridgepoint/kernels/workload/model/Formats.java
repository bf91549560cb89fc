package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import java.util.List;
import java.util.stream.Stream;

/** Which precisions and formats make sense where. */
final class Formats {
    /** Formats of activations: their scale is found while the model runs. */
    static final List<QuantFormat> ACTIVATION = List.of(
            QuantFormat.INT8_TENSOR,
            QuantFormat.INT8_TOKEN,
            QuantFormat.FP8_E4M3_TENSOR,
            QuantFormat.FP8_E4M3_TOKEN,
            QuantFormat.FP8_E4M3_1X128,
            QuantFormat.MXFP8_E4M3,
            QuantFormat.NVFP4);

    /** Formats of activations whose scale calibration may find before. */
    static final List<QuantFormat> CALIBRATED = List.of(QuantFormat.INT8_TENSOR, QuantFormat.FP8_E4M3_TENSOR);

    /** Formats of gradients, whose range asks for more exponent. */
    static final List<QuantFormat> GRADIENT = List.of(QuantFormat.FP8_E5M2_TENSOR, QuantFormat.FP8_E5M2_TOKEN);

    /** Formats of gradients whose scale steps before may give (TransformerEngine's delayed scaling). */
    static final List<QuantFormat> DELAYED = List.of(QuantFormat.FP8_E5M2_TENSOR);

    /** Formats of cached keys and values: a scale for each token and head. */
    static final List<QuantFormat> KV = List.of(QuantFormat.INT8_TOKEN, QuantFormat.FP8_E4M3_TOKEN);

    /** Formats of weights that we encode. */
    static final List<QuantFormat> WEIGHT = List.of(
            QuantFormat.INT8_TOKEN,
            QuantFormat.INT8_CHANNEL,
            QuantFormat.INT8_G128,
            QuantFormat.INT8_G128_ZP,
            QuantFormat.FP8_E4M3_TENSOR,
            QuantFormat.FP8_E4M3_1X128,
            QuantFormat.FP8_E4M3_128X128,
            QuantFormat.INT4_G128_AWQ,
            QuantFormat.INT4_G128_GPTQ,
            QuantFormat.INT4_G128_SYM,
            QuantFormat.Q4_0,
            QuantFormat.Q8_0,
            QuantFormat.MXFP8_E4M3,
            QuantFormat.MXFP4,
            QuantFormat.NVFP4);

    /** Formats of weights that we decode: k-quants too, whose encoder is a search. */
    static final List<QuantFormat> STORED_WEIGHT = concat(WEIGHT, List.of(QuantFormat.Q4_K, QuantFormat.Q6_K));

    private Formats() {}

    private static List<QuantFormat> concat(List<QuantFormat> some, List<QuantFormat> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** Whether rows of {@code cols} elements split into the format's groups without a ragged one, as files demand. */
    static boolean fits(QuantFormat format, long cols) {
        int group = format.granularity().cols();
        return group == Granularity.ALL || cols % group == 0;
    }

    static boolean forGemm(Precision precision, long k, boolean plainOnly) {
        if (precision.weightFormat() == null) {
            return precision.kvFormat() == null;
        }
        return !plainOnly && fits(precision.weightFormat(), k);
    }

    /** Plain types, fp8 throughout, and a quantised cache where there is a cache. */
    static boolean forAttention(Precision precision, boolean cached) {
        if (precision.equals(Precision.FP8_E4M3)) {
            return true;
        }
        return precision.weightFormat() == null && (precision.kvFormat() == null || cached);
    }
}
