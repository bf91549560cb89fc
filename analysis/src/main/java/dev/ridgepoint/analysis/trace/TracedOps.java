package dev.ridgepoint.analysis.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What PyTorch's operators ask, by the extents that its profiler records with {@code record_shapes=True}.
 *
 * <p>After ATen's own signatures: {@code mm(a[m,k], b[k,n])}, {@code addmm(c, a[m,k], b[k,n])}, {@code bmm(a[p,m,k],
 * b[p,k,n])}, {@code _flash_attention_forward(q[b,s,h,d], k, v, cum_q, cum_k, max_q, max_k, dropout, is_causal, ...)},
 * {@code _softmax(x, dim, half_to_float)}, {@code native_layer_norm(x, normalized_shape, weight, bias, eps)},
 * {@code _fused_rms_norm(x, normalized_shape, weight, eps)}, {@code add(a, b, alpha)}, {@code gelu(x, approximate)}.
 */
final class TracedOps {
    private static final Map<String, String> PRECISIONS =
            Map.of("c10::BFloat16", "bf16", "c10::Half", "fp16", "float", "fp32");
    private static final int IS_CAUSAL = 8;

    private TracedOps() {}

    /** The problem of an operator, or null where it is none that can be asked here, or its extents are not recorded. */
    static TracedProblem of(String name, JsonNode args) {
        JsonNode dims = args.path("Input Dims");
        JsonNode types = args.path("Input type");
        return switch (name) {
            case "aten::mm" -> product(dims.path(0), dims.path(1), precision(types, 0, 1));
            case "aten::addmm" -> product(dims.path(1), dims.path(2), precision(types, 1, 2));
            case "aten::bmm" -> products(dims.path(0), dims.path(1), precision(types, 0, 1));
            case "aten::_flash_attention_forward" ->
                attention(dims, args.path("Concrete Inputs").path(IS_CAUSAL).asText(), precision(types, 0, 1));
            case "aten::_softmax" -> softmax(dims.path(0), args.path("Concrete Inputs"), precision(types, 0, 0));
            case "aten::native_layer_norm" -> norm("layernorm", dims, 2, precision(types, 0, 2));
            case "aten::_fused_rms_norm" -> norm("rmsnorm", dims, 1, precision(types, 0, 2));
            case "aten::add", "aten::add_" -> sum(dims, args.path("Concrete Inputs"), precision(types, 0, 1));
            case "aten::gelu" -> gelu(dims.path(0), args.path("Concrete Inputs"), precision(types, 0, 0));
            default -> null;
        };
    }

    private static String precision(JsonNode types, int left, int right) {
        String type = types.path(left).asText();
        return type.equals(types.path(right).asText()) ? PRECISIONS.get(type) : null;
    }

    private static TracedProblem product(JsonNode a, JsonNode b, String precision) {
        if (precision == null || !extents(a, 2) || !extents(b, 2) || at(a, 1) != at(b, 0)) {
            return null;
        }
        return TracedProblem.gemm(precision, at(a, 0), at(b, 1), at(a, 1), 1);
    }

    private static TracedProblem products(JsonNode a, JsonNode b, String precision) {
        boolean fit = precision != null && extents(a, 3) && extents(b, 3);
        if (!fit || at(a, 0) != at(b, 0) || at(a, 2) != at(b, 1)) {
            return null;
        }
        return TracedProblem.gemm(precision, at(a, 1), at(b, 2), at(a, 2), at(a, 0));
    }

    /** Packed sequences of several lengths, and a causal mask over unequal ones, are not guessed at. */
    private static TracedProblem attention(JsonNode dims, String causal, String precision) {
        JsonNode q = dims.path(0);
        JsonNode k = dims.path(1);
        boolean known = causal.equals("True") || causal.equals("False");
        boolean dense = dims.path(3).isEmpty() && dims.path(4).isEmpty();
        if (precision == null || !known || !dense || !extents(q, 4) || !extents(k, 4) || !k.equals(dims.path(2))) {
            return null;
        }
        boolean masked = causal.equals("True");
        if (masked && at(q, 1) != at(k, 1) || at(q, 3) != at(k, 3) || at(q, 2) % at(k, 2) != 0) {
            return null;
        }
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("B", at(q, 0));
        shape.put("Hq", at(q, 2));
        shape.put("Hkv", at(k, 2));
        shape.put("Sq", at(q, 1));
        shape.put("Skv", at(k, 1));
        shape.put("D", at(q, 3));
        shape.put("mask", masked ? "causal" : "full");
        return new TracedProblem("attention", precision, shape);
    }

    /** Of the last axis alone, in the type it was given. */
    private static TracedProblem softmax(JsonNode x, JsonNode concrete, String precision) {
        String axis = concrete.path(1).asText();
        boolean last = axis.equals("-1") || axis.equals(Integer.toString(x.size() - 1));
        boolean asked = precision != null && last && concrete.path(2).asText().equals("False");
        return asked && rows(x) > 0 ? TracedProblem.rows("softmax", precision, rows(x), cols(x)) : null;
    }

    /** Of the last axis alone, where each parameter has its length. */
    private static TracedProblem norm(String op, JsonNode dims, int parameters, String precision) {
        JsonNode x = dims.path(0);
        boolean fit = precision != null && rows(x) > 0;
        for (int i = 0; fit && i < parameters; i++) {
            JsonNode parameter = dims.path(2 + i);
            fit = extents(parameter, 1) && at(parameter, 0) == cols(x);
        }
        return fit ? TracedProblem.rows(op, precision, rows(x), cols(x)) : null;
    }

    /** Of equal extents: nothing is repeated, and nothing is multiplied first. */
    private static TracedProblem sum(JsonNode dims, JsonNode concrete, String precision) {
        JsonNode a = dims.path(0);
        boolean plain = a.equals(dims.path(1)) && concrete.path(2).asText().equals("1");
        return pointwise("add", a, plain ? precision : null);
    }

    /** By the error function, as the catalogue's is. */
    private static TracedProblem gelu(JsonNode x, JsonNode concrete, String precision) {
        return pointwise("gelu", x, concrete.path(1).asText().equals("none") ? precision : null);
    }

    private static TracedProblem pointwise(String function, JsonNode x, String precision) {
        return precision != null && rows(x) > 0 ? TracedProblem.pointwise(function, precision, rows(x), cols(x)) : null;
    }

    private static long cols(JsonNode dims) {
        return at(dims, dims.size() - 1);
    }

    /** All axes but the last; 0 where extents are none, or more than fit. */
    private static long rows(JsonNode dims) {
        if (dims.isEmpty() || !extents(dims, dims.size())) {
            return 0;
        }
        long rows = 1;
        for (int axis = 0; axis < dims.size() - 1; axis++) {
            rows *= at(dims, axis);
            if (rows > Integer.MAX_VALUE) {
                return 0;
            }
        }
        return rows;
    }

    private static boolean extents(JsonNode dims, int axes) {
        if (!dims.isArray() || dims.size() != axes) {
            return false;
        }
        for (JsonNode extent : dims) {
            if (!extent.canConvertToLong() || extent.asLong() < 1 || extent.asLong() > Integer.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    private static long at(JsonNode dims, int axis) {
        return dims.path(axis).asLong();
    }
}
