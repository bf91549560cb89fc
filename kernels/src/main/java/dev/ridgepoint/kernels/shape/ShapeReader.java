package dev.ridgepoint.kernels.shape;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.ArrayList;
import java.util.List;

/** Shapes out of {@link ShapeJson}'s vocabulary; every complaint begins with the field. */
final class ShapeReader {
    /** Bytes of a scale where the data do not say. */
    private static final double DEFAULT_SCALE_BYTES = 2;

    private ShapeReader() {}

    static Shape read(String op, JsonNode shape) {
        return switch (op) {
            case "gemm" -> gemm(shape);
            case "attention" -> attention(shape, rope(shape));
            case "append" -> append(shape);
            case "quantize" -> quantize(Direction.QUANTIZE, shape);
            case "dequantize" -> quantize(Direction.DEQUANTIZE, shape);
            case CellShape.OP -> new CellShape(whole(shape, "B"), whole(shape, "H"));
            case PointwiseShape.OP ->
                new PointwiseShape(
                        PointwiseFunction.parse(text(shape, "function")), whole(shape, "rows"), whole(shape, "cols"));
            case RotateShape.OP -> rotate(shape);
            case RepackShape.OP -> new RepackShape(whole(shape, "rows"), whole(shape, "cols"));
            case LayerShape.OP -> layer(shape);
            default -> rows(op, shape);
        };
    }

    private static GemmShape gemm(JsonNode shape) {
        String proxy = shape.hasNonNull("proxy_for") ? text(shape, "proxy_for") : null;
        Epilogue epilogue = shape.hasNonNull("epilogue") ? Epilogue.parse(text(shape, "epilogue")) : Epilogue.NONE;
        return new GemmShape(whole(shape, "M"), whole(shape, "N"), whole(shape, "K"), many(shape), epilogue, proxy);
    }

    private static GemmShape.Many many(JsonNode shape) {
        boolean grouped = shape.hasNonNull("experts") || shape.hasNonNull("top_k");
        if (!shape.hasNonNull("products")) {
            return grouped ? new GemmShape.Moe(wholeInt(shape, "experts"), wholeInt(shape, "top_k")) : null;
        }
        if (grouped) {
            throw new IllegalArgumentException("products: independent products are no mixture of experts");
        }
        return new GemmShape.Batch(wholeInt(shape, "products"));
    }

    private static AttentionShape attention(JsonNode shape, Rope rope) {
        List<Segment> segments = segments(shape);
        long headDim = whole(shape, "D");
        return new AttentionShape(
                whole(shape, "B", 1),
                whole(shape, "Hq"),
                whole(shape, "Hkv"),
                segments.isEmpty() ? whole(shape, "Sq") : whole(shape, "Sq", 0),
                segments.isEmpty() ? whole(shape, "Skv") : whole(shape, "Skv", 0),
                headDim,
                whole(shape, "Dv", headDim),
                Mask.parse(text(shape, "mask")),
                whole(shape, "window", 0),
                whole(shape, "page", 0),
                flag(shape, "kv_shared"),
                whole(shape, "rel_positions", 0),
                segments,
                flag(shape, "lse"),
                rope);
    }

    /** Null where queries and keys are multiplied as they are. */
    private static Rope rope(JsonNode shape) {
        if (shape.hasNonNull("rotary")) {
            return new Rope(Rotary.parse(text(shape, "rotary")), whole(shape, "rotary_dim", whole(shape, "D")));
        }
        if (shape.hasNonNull("rotary_dim")) {
            throw new IllegalArgumentException("rotary: missing, and rotary_dim is given");
        }
        return null;
    }

    private static List<Segment> segments(JsonNode shape) {
        List<Segment> segments = new ArrayList<>();
        if (shape.hasNonNull("segments") && !shape.get("segments").isArray()) {
            throw new IllegalArgumentException("segments: expected a list, got " + shape.get("segments"));
        }
        for (JsonNode s : shape.path("segments")) {
            segments.add(new Segment(whole(s, "count"), whole(s, "Sq"), whole(s, "Skv")));
        }
        return segments;
    }

    private static AppendShape append(JsonNode shape) {
        List<Segment> segments = segments(shape);
        long headDim = whole(shape, "D");
        Rotary rotary = Rotary.parse(text(shape, "rotary"));
        return AppendShape.of(
                whole(shape, "B", 1),
                whole(shape, "Hkv"),
                segments.isEmpty() ? whole(shape, "Sq") : whole(shape, "Sq", 0),
                segments.isEmpty() ? whole(shape, "Skv") : whole(shape, "Skv", 0),
                headDim,
                whole(shape, "Dv", headDim),
                rotary,
                whole(shape, "rotary_dim", rotary == Rotary.NONE ? 0 : headDim),
                whole(shape, "page", 0),
                segments);
    }

    private static RotateShape rotate(JsonNode shape) {
        long headDim = whole(shape, "D");
        return new RotateShape(
                whole(shape, "tokens"),
                whole(shape, "Hq"),
                headDim,
                Rotary.parse(text(shape, "rotary")),
                whole(shape, "rotary_dim", headDim),
                whole(shape, "positions"));
    }

    private static LayerShape layer(JsonNode shape) {
        String norm = text(shape, "norm");
        return new LayerShape(
                attention(shape, null),
                whole(shape, "hidden"),
                whole(shape, "ffn"),
                PointwiseFunction.parse(text(shape, "activation")),
                RowFunction.ofOp(norm)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "norm: expected rmsnorm or layernorm, got '" + norm + "'")),
                flag(shape, "norm_first"),
                flag(shape, "cached"),
                shape.hasNonNull("rotary") ? Rotary.parse(text(shape, "rotary")) : Rotary.NONE);
    }

    private static QuantizeShape quantize(Direction direction, JsonNode shape) {
        DType src = DType.parse(text(shape, "src"));
        DType dst = DType.parse(text(shape, "dst"));
        long rows = whole(shape, "rows");
        long cols = whole(shape, "cols");
        double scaleBytes = DEFAULT_SCALE_BYTES;
        if (shape.hasNonNull("scale_bytes")) {
            scaleBytes = shape.get("scale_bytes").asDouble(-1);
        }
        return new QuantizeShape(
                direction,
                rows,
                cols,
                granularity(shape, cols),
                src,
                dst,
                scaleBytes,
                flag(shape, "transposed"),
                flag(shape, "static_scale"));
    }

    private static RowShape rows(String op, JsonNode shape) {
        RowFunction function = RowFunction.ofOp(op)
                .orElseThrow(() -> new IllegalArgumentException(
                        "op: unknown '" + op + "'; known: " + String.join(", ", ShapeJson.OPS)));
        return new RowShape(function, whole(shape, "rows"), whole(shape, "cols"));
    }

    /** {@code group}: -1 for one scale a tensor, the columns for one a row, else neighbours along {@code group_rows}. */
    private static Granularity granularity(JsonNode shape, long cols) {
        long group = whole(shape, "group", -1);
        if (group == -1) {
            return Granularity.PER_TENSOR;
        }
        if (group < 1 || group > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("group: expected -1 or 1 to 2^31-1, got " + group);
        }
        long groupRows = whole(shape, "group_rows", 1);
        if (groupRows != -1 && (groupRows < 1 || groupRows > Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("group_rows: expected -1 or 1 to 2^31-1, got " + groupRows);
        }
        return group == cols && groupRows == 1 ? Granularity.PER_ROW : new Granularity((int) groupRows, (int) group);
    }

    private static long whole(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException(field + ": missing");
        }
        if (!value.isNumber() || !value.canConvertToLong() || !value.canConvertToExactIntegral()) {
            throw new IllegalArgumentException(field + ": expected a whole number, got " + value);
        }
        return value.asLong();
    }

    private static int wholeInt(JsonNode object, String field) {
        long value = whole(object, field);
        if (value != (int) value) {
            throw new IllegalArgumentException(field + ": expected a whole number below 2^31, got " + value);
        }
        return (int) value;
    }

    private static long whole(JsonNode object, String field, long otherwise) {
        return object.hasNonNull(field) ? whole(object, field) : otherwise;
    }

    private static boolean flag(JsonNode object, String field) {
        if (object.hasNonNull(field) && !object.get(field).isBoolean()) {
            throw new IllegalArgumentException(field + ": expected true or false, got " + object.get(field));
        }
        return object.path(field).asBoolean(false);
    }

    private static String text(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException(
                    value == null ? field + ": missing" : field + ": expected a text, got " + value);
        }
        return value.asText();
    }
}
