package dev.ridgepoint.kernels.cuda.adopt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.CellShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.LayerShape;
import dev.ridgepoint.kernels.shape.PointwiseShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import dev.ridgepoint.kernels.shape.RepackShape;
import dev.ridgepoint.kernels.shape.RotateShape;
import dev.ridgepoint.kernels.shape.RowShape;
import dev.ridgepoint.kernels.shape.ShapeJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What descriptors call the parts of a problem: buffers as {@link OperandSpecs} does, extents as shapes files do. */
final class ProblemTerms {
    private ProblemTerms() {}

    /** Extents by name, whatever its case, and {@code sms}, the multiprocessors of the device. */
    static Map<String, Long> extents(Problem problem, int sms) {
        Map<String, Long> extents = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        extents.put("sms", (long) sms);
        if (problem.shape() instanceof GemmShape gemm) {
            extents.putAll(Map.of("m", gemm.m(), "n", gemm.n(), "k", gemm.k()));
            if (gemm.moe() != null) {
                extents.put("experts", (long) gemm.moe().experts());
                extents.put("top_k", (long) gemm.moe().topK());
            }
            if (gemm.batch() != null) {
                extents.put("products", (long) gemm.batch().count());
            }
        } else if (problem.shape() instanceof AttentionShape attention) {
            extents.putAll(Map.of(
                    "b", attention.batch(),
                    "hq", attention.qHeads(),
                    "hkv", attention.kvHeads(),
                    "sq", attention.seqLenQ(),
                    "skv", attention.seqLenKv(),
                    "d", attention.headDim(),
                    "dv", attention.valueDim(),
                    "window", attention.window(),
                    "page", attention.pageSize(),
                    "rel_positions", attention.relPositions()));
            if (attention.rope() != null) {
                extents.put("rotary_dim", attention.rope().dim());
            }
        } else if (problem.shape() instanceof AppendShape append) {
            AttentionShape reader = append.reader();
            extents.putAll(Map.of(
                    "b", reader.batch(),
                    "hkv", reader.kvHeads(),
                    "sq", reader.seqLenQ(),
                    "skv", reader.seqLenKv(),
                    "d", reader.headDim(),
                    "dv", reader.valueDim(),
                    "rotary_dim", append.rotaryDim(),
                    "page", reader.pageSize()));
        } else if (problem.shape() instanceof QuantizeShape quantize) {
            extents.putAll(Map.of("rows", quantize.rows(), "cols", quantize.cols()));
        } else if (problem.shape() instanceof RowShape rows) {
            extents.putAll(Map.of("rows", rows.rows(), "cols", rows.cols()));
        } else if (problem.shape() instanceof CellShape cell) {
            extents.putAll(Map.of("b", cell.batch(), "h", cell.hidden()));
        } else if (problem.shape() instanceof PointwiseShape pointwise) {
            extents.putAll(Map.of("rows", pointwise.rows(), "cols", pointwise.cols()));
        } else if (problem.shape() instanceof RotateShape rotate) {
            extents.putAll(Map.of(
                    "tokens", rotate.tokens(),
                    "hq", rotate.heads(),
                    "d", rotate.headDim(),
                    "rotary_dim", rotate.rotaryDim(),
                    "positions", rotate.positions()));
        } else if (problem.shape() instanceof RepackShape repack) {
            extents.putAll(Map.of("rows", repack.rows(), "cols", repack.cols()));
        } else if (problem.shape() instanceof LayerShape layer) {
            extents.putAll(Map.of("tokens", layer.tokens(), "hidden", layer.hidden(), "ffn", layer.ffn()));
        }
        return extents;
    }

    static List<String> buffers(Problem problem) {
        return OperandSpecs.of(problem).stream().map(OperandSpec::name).toList();
    }

    /** All buffers, inputs first, then the extents every problem of the operation has: {@code a b c m n k}. */
    static List<String> usualArguments(Problem problem) {
        List<String> usual = new ArrayList<>(buffers(problem));
        usual.addAll(
                switch (problem.op()) {
                    case "gemm" -> List.of("m", "n", "k");
                    case "attention" -> List.of("b", "hq", "hkv", "sq", "skv", "d");
                    case "append" -> List.of("b", "hkv", "sq", "skv", "d");
                    case CellShape.OP -> List.of("b", "h");
                    case RotateShape.OP -> List.of("tokens", "hq", "d");
                    case LayerShape.OP -> List.of("tokens", "hidden", "ffn");
                    default -> List.of("rows", "cols");
                });
        return usual;
    }

    /** How many elements the output has. */
    static String outputElements(Problem problem) {
        return switch (problem.op()) {
            case "gemm" -> "m*n";
            case "attention" -> "b*sq*hq*dv";
            case "append" -> "b*sq*hkv*d";
            case CellShape.OP -> "b*h";
            case RotateShape.OP -> "tokens*hq*d";
            case LayerShape.OP -> "tokens*hidden";
            default -> "rows*cols";
        };
    }

    /** Everything of a problem but its extents: operation, precision, mask, and which optional extents it has. */
    static String form(Problem problem) {
        ObjectNode shape = ShapeJson.write(problem.shape());
        shape.remove("proxy_for");
        shape.properties().forEach(field -> {
            if (field.getValue().isNumber()) {
                field.setValue(JsonNodeFactory.instance.numberNode(0));
            }
        });
        return problem.op() + " in " + problem.precisionId() + " " + shape;
    }
}
