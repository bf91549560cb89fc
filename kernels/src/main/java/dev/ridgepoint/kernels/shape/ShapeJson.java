package dev.ridgepoint.kernels.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Shapes in the field's JSON vocabulary, {@link #fields} of each operation. What is no extent of it, hints such as
 * {@code q_tokens}, is left to others.
 */
public final class ShapeJson {
    /** Every operation, in the order lists have them. */
    public static final List<String> OPS = Stream.of(
                    Stream.of("gemm", "attention", "append", "quantize", "dequantize"),
                    rowOps(),
                    Stream.of(CellShape.OP, PointwiseShape.OP, RotateShape.OP, RepackShape.OP, LayerShape.OP))
            .flatMap(ops -> ops)
            .toList();

    private static final List<String> MATRIX = words("rows cols");
    private static final List<String> CODES =
            words("rows cols group group_rows src dst scale_bytes transposed static_scale");

    private static final Map<String, List<String>> FIELDS = Map.of(
            "gemm",
            words("M N K experts top_k products epilogue proxy_for"),
            "attention",
            words("B Hq Hkv Sq Skv D Dv mask window page kv_shared rel_positions segments lse rotary rotary_dim"),
            "append",
            words("B Hkv Sq Skv D Dv rotary rotary_dim page segments"),
            "quantize",
            CODES,
            "dequantize",
            CODES,
            CellShape.OP,
            words("B H"),
            PointwiseShape.OP,
            words("function rows cols"),
            RotateShape.OP,
            words("tokens Hq D rotary rotary_dim positions"),
            RepackShape.OP,
            MATRIX,
            LayerShape.OP,
            words("B Hq Hkv Sq Skv D mask window page segments hidden ffn activation norm norm_first cached rotary"));

    private ShapeJson() {}

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    private static Stream<String> rowOps() {
        return Arrays.stream(RowFunction.values()).map(RowFunction::id);
    }

    /**
     * Reads the shape of an operation.
     *
     * @throws IllegalArgumentException naming the field that is missing, mistyped or out of range
     */
    public static Shape parse(String op, JsonNode shape) {
        if (shape == null || !shape.isObject()) {
            throw new IllegalArgumentException("shape: expected an object");
        }
        return ShapeReader.read(op, shape);
    }

    /** The fields that shapes of an operation have; none of an operation that is unknown. */
    public static List<String> fields(String op) {
        return RowFunction.ofOp(op).isPresent() ? MATRIX : FIELDS.getOrDefault(op, List.of());
    }

    /** Writes what {@link #parse} reads; fields at their default are left out. */
    public static ObjectNode write(Shape shape) {
        return ShapeWriter.write(shape);
    }
}
