package dev.ridgepoint.kernels.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer as a list of operations and the buffers between them: {@code x}, weights {@code wq wk wv wo wUp wDown} and the norms'
 * {@code w1 b1 w2 b2} come in, {@code y} goes out, and each step between fills a buffer of its own name.
 */
final class LayerSteps {
    private static final List<String> INDICES = List.of("blockTable", "qOffsets", "kvOffsets");

    private final LayerShape layer;
    private final AttentionShape attention;
    private final long tokens;
    private final List<LayerStep> steps = new ArrayList<>();

    private LayerSteps(LayerShape layer) {
        this.layer = layer;
        this.attention = layer.attention();
        this.tokens = layer.tokens();
    }

    static List<LayerStep> of(LayerShape layer) {
        LayerSteps all = new LayerSteps(layer);
        String entering = layer.normFirst() ? all.norm("x", 1, "normed", 3) : "x";
        String attended = all.attend(entering);
        String between;
        String reading;
        if (layer.normFirst()) {
            between = all.add("x", attended, "attended", 2);
            reading = all.norm(between, 2, "attendedNormed", 1);
        } else {
            between = all.norm(all.add("x", attended, "attended", 1), 1, "attendedNormed", 2);
            reading = between;
        }
        String thought = all.think(reading);
        if (layer.normFirst()) {
            all.add(between, thought, "y", 0);
        } else {
            all.norm(all.add(between, thought, "thought", 1), 2, "y", 0);
        }
        return List.copyOf(all.steps);
    }

    /** Attention between its projections; gives the projected buffer. */
    private String attend(String from) {
        long queries = attention.qHeads() * attention.headDim();
        long keys = attention.kvHeads() * attention.headDim();
        String q = product(from, "wq", queries, layer.hidden(), "q", 1);
        String k = product(from, "wk", keys, layer.hidden(), "k", 1);
        String v = product(from, "wv", keys, layer.hidden(), "v", 1);
        if (layer.cached()) {
            append();
            k = "kCache";
            v = "vCache";
            if (layer.rotary() != Rotary.NONE) {
                q = rotate();
            }
        }
        Map<String, String> buffers = withIndices(Map.of("q", q, "k", k, "v", v, "o", "o"));
        steps.add(new LayerStep("o", attention, buffers, (double) tokens * queries, 1));
        return product("o", "wo", layer.hidden(), queries, "projected", 1);
    }

    private void append() {
        Map<String, String> buffers = withIndices(Map.of("k", "k", "v", "v", "kCache", "kCache", "vCache", "vCache"));
        if (layer.rotary() != Rotary.NONE) {
            buffers.putAll(Map.of("positions", "positions", "cosSin", "cosSin"));
        }
        steps.add(new LayerStep("kCache", layer.append(), buffers, 0, 0));
    }

    private String rotate() {
        RotateShape shape = new RotateShape(
                tokens,
                attention.qHeads(),
                attention.headDim(),
                layer.rotary(),
                attention.headDim(),
                layer.append().positions());
        Map<String, String> buffers = Map.of("x", "q", "positions", "positions", "cosSin", "cosSin", "y", "qTurned");
        steps.add(new LayerStep(
                "qTurned", shape, buffers, (double) tokens * attention.qHeads() * attention.headDim(), 1));
        return "qTurned";
    }

    private Map<String, String> withIndices(Map<String, String> buffers) {
        Map<String, String> all = new HashMap<>(buffers);
        INDICES.forEach(index -> all.put(index, index));
        return all;
    }

    /** The feed-forward part; gives the buffer of its result. */
    private String think(String from) {
        boolean gated = layer.activation() == PointwiseFunction.SILU_MUL;
        product(from, "wUp", (gated ? 2 : 1) * layer.ffn(), layer.hidden(), "up", 1);
        PointwiseShape shape = new PointwiseShape(layer.activation(), tokens, layer.ffn());
        steps.add(new LayerStep(
                "activated", shape, Map.of("x", "up", "y", "activated"), (double) tokens * layer.ffn(), 1));
        return product("activated", "wDown", layer.hidden(), layer.ffn(), "down", 1);
    }

    private String product(String from, String weight, long n, long k, String to, int reads) {
        Map<String, String> buffers = Map.of("a", from, "b", weight, "c", to);
        steps.add(new LayerStep(to, GemmShape.of(tokens, n, k), buffers, (double) tokens * n, reads));
        return to;
    }

    private String add(String left, String right, String to, int reads) {
        PointwiseShape shape = new PointwiseShape(PointwiseFunction.ADD, tokens, layer.hidden());
        return token(to, shape, Map.of("x", left, "r", right, "y", to), reads);
    }

    /** The first or the second norm. */
    private String norm(String from, int which, String to, int reads) {
        Map<String, String> buffers = new HashMap<>(Map.of("x", from, "y", to));
        layer.norm().parameters().forEach(parameter -> buffers.put(parameter, parameter + which));
        return token(to, new RowShape(layer.norm(), tokens, layer.hidden()), buffers, reads);
    }

    private String token(String to, Shape shape, Map<String, String> buffers, int reads) {
        steps.add(new LayerStep(to, shape, buffers, reads == 0 ? 0 : (double) tokens * layer.hidden(), reads));
        return to;
    }
}
