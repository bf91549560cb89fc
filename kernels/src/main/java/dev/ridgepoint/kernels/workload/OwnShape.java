package dev.ridgepoint.kernels.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.PlainProblem;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AppendProblem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.shape.RepackProblem;
import dev.ridgepoint.kernels.shape.RepackShape;
import dev.ridgepoint.kernels.shape.Shape;
import dev.ridgepoint.kernels.shape.ShapeJson;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Problems from shapes a user wrote down: the same vocabulary as {@link ShapeJson}, with no field left unread. */
final class OwnShape {
    /** Of quantisers the precision says what groups share and what scales are, and one type is the format's. */
    private static final Map<String, List<String>> BY_FORMAT = Map.of(
            "quantize",
            List.of("rows", "cols", "src", "transposed", "static_scale"),
            "dequantize",
            List.of("rows", "cols", "dst"));

    /** The name users need for a matrix's plain type where they give none. */
    private static final DType USUAL = DType.BF16;

    private OwnShape() {}

    /** A field's complaint; {@code path} says where it stands, {@code shape/N}. */
    static final class FieldException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private final String path;

        FieldException(String path, String problem) {
            super(problem);
            this.path = path;
        }

        String path() {
            return path;
        }

        @Override
        public String getMessage() {
            return path + ": " + super.getMessage();
        }

        String problem() {
            return super.getMessage();
        }
    }

    /**
     * The problem of an operation, a shape and a precision (for quantise and dequantise: a format).
     *
     * @throws FieldException naming the field
     */
    static Problem problem(String op, JsonNode shape, String precision) {
        List<String> known = fields(op);
        if (known.isEmpty()) {
            throw new FieldException("op", "unknown '" + op + "'; known: " + String.join(", ", ShapeJson.OPS));
        }
        if (!shape.isObject()) {
            throw new FieldException("shape", "expected an object");
        }
        refuseUnknown(shape, known);
        Problem problem = switch (op) {
            case "quantize", "dequantize" -> requantise(op, shape, precision);
            case "gemm" -> new GemmProblem((GemmShape) parse(op, shape), precision(precision));
            case "attention" -> attention((AttentionShape) parse(op, shape), precision(precision));
            case "append" -> append((AppendShape) parse(op, shape), precision(precision));
            case RepackShape.OP -> repack((RepackShape) parse(op, shape), format(precision));
            default -> plain(parse(op, shape), precision(precision));
        };
        checkSize(problem);
        return problem;
    }

    /** What a shape of an operation may say; nothing of an operation that is unknown. */
    static List<String> fields(String op) {
        return BY_FORMAT.getOrDefault(op, ShapeJson.fields(op));
    }

    private static void refuseUnknown(JsonNode shape, List<String> known) {
        for (Iterator<String> names = shape.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new FieldException("shape/" + name, "unknown field; known: " + String.join(", ", known));
            }
        }
    }

    private static Shape parse(String op, JsonNode shape) {
        try {
            return ShapeJson.parse(op, shape);
        } catch (IllegalArgumentException wrong) {
            throw inShape(wrong);
        }
    }

    /** Shapes complain as {@code field: what is wrong}; a product of fields complains about the shape. */
    private static FieldException inShape(IllegalArgumentException wrong) {
        String message = wrong.getMessage();
        int colon = message.indexOf(": ");
        boolean names = colon > 0 && message.substring(0, colon).matches("[A-Za-z_.]+");
        return names
                ? new FieldException(
                        "shape/" + message.substring(0, colon).replace('.', '/'), message.substring(colon + 2))
                : new FieldException("shape", message);
    }

    private static Problem attention(AttentionShape shape, Precision precision) {
        try {
            return new AttentionProblem(shape, precision);
        } catch (IllegalArgumentException wrong) {
            throw new FieldException("precision", precision + " has codes, which cannot be turned");
        }
    }

    private static Problem append(AppendShape shape, Precision precision) {
        try {
            return new AppendProblem(shape, precision);
        } catch (IllegalArgumentException wrong) {
            throw new FieldException("precision", precision + " is no precision of keys and values alone");
        }
    }

    private static Precision precision(String name) {
        try {
            return Precision.parse(name);
        } catch (IllegalArgumentException unknown) {
            throw new FieldException("precision", unknown.getMessage());
        }
    }

    /** Operations on the vector units take plain types alone. */
    private static Problem plain(Shape shape, Precision precision) {
        if (!PlainProblem.PRECISIONS.contains(precision)) {
            throw new FieldException(
                    "precision", shape.op() + " reads and writes fp32, fp16 or bf16, got " + precision);
        }
        return Problem.of(shape, precision);
    }

    private static QuantFormat format(String name) {
        try {
            return QuantFormat.parse(name);
        } catch (IllegalArgumentException unknown) {
            throw new FieldException("precision", unknown.getMessage());
        }
    }

    private static Problem repack(RepackShape shape, QuantFormat format) {
        try {
            return new RepackProblem(shape, format);
        } catch (IllegalArgumentException wrong) {
            throw new FieldException("precision", wrong.getMessage().replaceFirst("^precision: ", ""));
        }
    }

    private static Problem requantise(String op, JsonNode shape, String precision) {
        boolean quantise = op.equals("quantize");
        QuantFormat format = format(precision);
        String plainField = quantise ? "src" : "dst";
        try {
            return QuantizeProblem.of(
                    quantise ? Direction.QUANTIZE : Direction.DEQUANTIZE,
                    whole(shape, "rows"),
                    whole(shape, "cols"),
                    shape.hasNonNull(plainField) ? plain(shape, plainField) : USUAL,
                    format,
                    flag(shape, "transposed"),
                    flag(shape, "static_scale"));
        } catch (FieldException known) {
            throw known;
        } catch (IllegalArgumentException wrong) {
            throw inShape(wrong);
        }
    }

    private static DType plain(JsonNode shape, String field) {
        try {
            DType type = DType.parse(shape.get(field).asText());
            if (type == DType.FP32 || type == DType.FP16 || type == DType.BF16) {
                return type;
            }
        } catch (IllegalArgumentException unknown) {
            throw new FieldException("shape/" + field, unknown.getMessage());
        }
        throw new FieldException(
                "shape/" + field,
                "expected fp32, fp16 or bf16; the format is what precision names, got "
                        + shape.get(field).asText());
    }

    private static boolean flag(JsonNode shape, String field) {
        if (shape.hasNonNull(field) && !shape.get(field).isBoolean()) {
            throw new FieldException("shape/" + field, "expected true or false, got " + shape.get(field));
        }
        return shape.path(field).asBoolean(false);
    }

    private static long whole(JsonNode shape, String field) {
        JsonNode value = shape.get(field);
        if (value == null || value.isNull()) {
            throw new FieldException("shape/" + field, "missing");
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new FieldException("shape/" + field, "expected a whole number, got " + value);
        }
        return value.asLong();
    }

    /** Each extent may be in range and the buffers still too large to count. */
    private static void checkSize(Problem problem) {
        try {
            Suites.operandBytes(problem);
        } catch (ArithmeticException | IllegalArgumentException overflow) {
            throw new FieldException("shape", "its operands overflow 2^63 bytes");
        }
    }
}
