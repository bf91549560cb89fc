package dev.ridgepoint.kernels.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shapes in the field's JSON vocabulary: {@code M N K experts top_k products epilogue}, {@code B Hq Hkv Sq Skv D Dv mask window page
 * lse}, with {@code rotary rotary_dim} where queries and keys are turned first, {@code B Hkv Sq Skv D Dv rotary rotary_dim page},
 * {@code rows cols group src dst transposed}, of functions of rows and of repacking
 * {@code rows cols}, of a cell {@code B H}, of functions of elements {@code function rows cols}, of rows that turn
 * {@code tokens Hq D rotary rotary_dim positions}, of a layer those of attention and
 * {@code hidden ffn activation norm norm_first cached rotary}. Fields that are no extents (hints such as {@code q_tokens}) are left to others.
 */
public final class ShapeJson {
    /** Bytes of a scale where the data do not say. */
    private static final double DEFAULT_SCALE_BYTES = 2;

    /** Every operation, in the order lists have them. */
    public static final List<String> OPS = Stream.of(
                    Stream.of("gemm", "attention", "append", "quantize", "dequantize"),
                    rowOps(),
                    Stream.of(CellShape.OP, PointwiseShape.OP, RotateShape.OP, RepackShape.OP, LayerShape.OP))
            .flatMap(ops -> ops)
            .toList();

    private ShapeJson() {}

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
                direction, rows, cols, granularity(shape, cols), src, dst, scaleBytes, flag(shape, "transposed"));
    }

    private static RowShape rows(String op, JsonNode shape) {
        RowFunction function = RowFunction.ofOp(op)
                .orElseThrow(() ->
                        new IllegalArgumentException("op: unknown '" + op + "'; known: " + String.join(", ", OPS)));
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

    /** Writes what {@link #parse} reads; fields at their default are left out. */
    public static ObjectNode write(Shape shape) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (shape instanceof GemmShape gemm) {
            json.put("M", gemm.m()).put("N", gemm.n()).put("K", gemm.k());
            if (gemm.moe() != null) {
                json.put("experts", gemm.moe().experts())
                        .put("top_k", gemm.moe().topK());
            }
            if (gemm.batch() != null) {
                json.put("products", gemm.batch().count());
            }
            if (gemm.epilogue() != Epilogue.NONE) {
                json.put("epilogue", gemm.epilogue().id());
            }
            if (gemm.proxyFor() != null) {
                json.put("proxy_for", gemm.proxyFor());
            }
        } else if (shape instanceof AttentionShape attention) {
            write(attention, json);
        } else if (shape instanceof AppendShape append) {
            write(append, json);
        } else if (shape instanceof QuantizeShape quantize) {
            write(quantize, json);
        } else if (shape instanceof RowShape rows) {
            json.put("rows", rows.rows()).put("cols", rows.cols());
        } else if (shape instanceof CellShape cell) {
            json.put("B", cell.batch()).put("H", cell.hidden());
        } else if (shape instanceof PointwiseShape pointwise) {
            json.put("function", pointwise.function().id());
            json.put("rows", pointwise.rows()).put("cols", pointwise.cols());
        } else if (shape instanceof RotateShape rotate) {
            write(rotate, json);
        } else if (shape instanceof RepackShape repack) {
            json.put("rows", repack.rows()).put("cols", repack.cols());
        } else if (shape instanceof LayerShape layer) {
            write(layer, json);
        }
        return json;
    }

    private static void write(AttentionShape shape, ObjectNode json) {
        json.put("B", shape.batch()).put("Hq", shape.qHeads()).put("Hkv", shape.kvHeads());
        json.put("Sq", shape.seqLenQ()).put("Skv", shape.seqLenKv()).put("D", shape.headDim());
        json.put("mask", shape.mask().id());
        putUnless(json, "Dv", shape.valueDim(), shape.headDim());
        putUnless(json, "window", shape.window(), 0);
        putUnless(json, "page", shape.pageSize(), 0);
        putUnless(json, "rel_positions", shape.relPositions(), 0);
        if (shape.kvShared()) {
            json.put("kv_shared", true);
        }
        if (shape.lse()) {
            json.put("lse", true);
        }
        if (shape.rope() != null) {
            json.put("rotary", shape.rope().rotary().id());
            putUnless(json, "rotary_dim", shape.rope().dim(), shape.headDim());
        }
        write(shape.segments(), json);
    }

    private static void write(AppendShape append, ObjectNode json) {
        AttentionShape shape = append.reader();
        json.put("B", shape.batch()).put("Hkv", shape.kvHeads());
        json.put("Sq", shape.seqLenQ()).put("Skv", shape.seqLenKv()).put("D", shape.headDim());
        putUnless(json, "Dv", shape.valueDim(), shape.headDim());
        json.put("rotary", append.rotary().id());
        putUnless(json, "rotary_dim", append.rotaryDim(), append.rotary() == Rotary.NONE ? 0 : shape.headDim());
        putUnless(json, "page", shape.pageSize(), 0);
        write(shape.segments(), json);
    }

    private static void write(RotateShape shape, ObjectNode json) {
        json.put("tokens", shape.tokens()).put("Hq", shape.heads()).put("D", shape.headDim());
        json.put("rotary", shape.rotary().id()).put("positions", shape.positions());
        putUnless(json, "rotary_dim", shape.rotaryDim(), shape.headDim());
    }

    private static void write(LayerShape shape, ObjectNode json) {
        write(shape.attention(), json);
        json.put("hidden", shape.hidden()).put("ffn", shape.ffn());
        json.put("activation", shape.activation().id()).put("norm", shape.norm().id());
        if (shape.normFirst()) {
            json.put("norm_first", true);
        }
        if (shape.cached()) {
            json.put("cached", true);
        }
        if (shape.rotary() != Rotary.NONE) {
            json.put("rotary", shape.rotary().id());
        }
    }

    private static void write(List<Segment> segments, ObjectNode json) {
        if (!segments.isEmpty()) {
            ArrayNode list = json.putArray("segments");
            for (Segment s : segments) {
                list.addObject().put("count", s.count()).put("Sq", s.seqLenQ()).put("Skv", s.seqLenKv());
            }
        }
    }

    private static void write(QuantizeShape shape, ObjectNode json) {
        json.put("rows", shape.rows()).put("cols", shape.cols());
        json.put("src", shape.src().id()).put("dst", shape.dst().id());
        Granularity granularity = shape.granularity();
        if (granularity.equals(Granularity.PER_TENSOR)) {
            json.put("group", -1);
        } else if (granularity.equals(Granularity.PER_ROW)) {
            json.put("group", shape.cols());
        } else {
            json.put("group", granularity.cols());
            putUnless(json, "group_rows", granularity.rows(), 1);
        }
        json.put("scale_bytes", shape.scaleBytes());
        if (shape.transposed()) {
            json.put("transposed", true);
        }
    }

    private static void putUnless(ObjectNode json, String field, long value, long usual) {
        if (value != usual) {
            json.put(field, value);
        }
    }
}
