package dev.ridgepoint.analysis.tensor;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.QuantFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A way to store a tensor: a quantised format, or a plain type that elements are cast to one by one.
 *
 * @param id name in tables and files
 * @param format null for a plain type
 * @param type null for a quantised format
 */
public record StorageFormat(String id, QuantFormat format, DType type) {
    private static final List<DType> CASTS =
            List.of(DType.TF32, DType.FP16, DType.BF16, DType.FP8_E4M3, DType.FP8_E5M2);

    /** Every way there is; the two layouts of int4 stand for the same values. */
    public static List<StorageFormat> all() {
        List<StorageFormat> all = new ArrayList<>();
        CASTS.forEach(type -> all.add(new StorageFormat(type.id(), null, type)));
        QuantFormat.ALL.forEach(format -> all.add(new StorageFormat(format.id(), format, null)));
        return all;
    }

    /**
     * The format of a name: an id, or an element type and a granularity as in {@code fp8_e4m3:1x128}; {@code row} is {@code
     * token}, {@code column} is {@code channel}, and {@code int4:g128} the layout of AWQ; symmetric it is {@code int4:g128:sym}.
     *
     * @throws IllegalArgumentException naming the formats there are
     */
    public static StorageFormat parse(String name) {
        String id = name.strip().toLowerCase(Locale.ROOT).replace(':', '_');
        String plain = id.replaceFirst("_row$", "_token").replaceFirst("_column$", "_channel");
        String wanted = plain.equals("int4_g128") ? QuantFormat.INT4_G128_AWQ.id() : plain;
        return all().stream()
                .filter(one -> one.id.equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--format: unknown '" + name + "'; known: "
                        + String.join(
                                ", ", all().stream().map(StorageFormat::id).toList())));
    }

    /** Bits an element of a [rows, cols] matrix takes, scales included. */
    public double bits(long rows, long cols) {
        return format == null
                ? type.bits()
                : 8.0 * (format.codeBytes(rows, cols) + format.scaleBytes(rows, cols)) / rows / cols;
    }
}
