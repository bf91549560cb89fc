package dev.ridgepoint.analysis.classify.heldout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Gives a drawn case a precision and a box, and works out its reference. */
final class Finish {
    /** Dense peaks in TFLOP/s by type, bandwidth in TB/s. */
    private record Box(String name, double bf16, double eightBit, double fp32, double bandwidth) {}

    private static final List<Box> BOXES = List.of(
            new Box("H100-SXM", 989.4, 1978.9, 66.9, 3.35),
            new Box("H200", 989.4, 1978.9, 66.9, 4.8),
            new Box("A100-80G", 312.0, 624.0, 19.5, 2.039),
            new Box("L4", 121.0, 242.0, 30.3, 0.3),
            new Box("L40S", 362.0, 733.0, 91.6, 0.864),
            new Box("RTX-4090", 165.2, 660.6, 82.6, 1.008));

    private final Random random;

    Finish(Random random) {
        this.random = random;
    }

    HeldoutCase apply(HeldoutCase drawn) {
        Box box = BOXES.get(random.nextInt(BOXES.size()));
        boolean graph = random.nextInt(8) == 0;
        double floor = graph ? 1 : 3;
        String op = drawn.json.get("op").asText();
        if (op.endsWith("quantize")) {
            drawn.precision(
                    drawn.shape().get("src").asText() + "->"
                            + drawn.shape().get("dst").asText(),
                    0,
                    0,
                    0,
                    0,
                    "fp32");
            finish(drawn, box, box.fp32, graph, floor, matrix(drawn.shape(), op));
        } else if (op.equals("gemm")) {
            gemm(drawn, box, graph, floor);
        } else {
            drawn.precision("bf16", 2, 2, 2, 2, "bf16");
            finish(drawn, box, box.bf16, graph, floor, attention(drawn.shape()));
        }
        return drawn;
    }

    private static void finish(HeldoutCase drawn, Box box, double peak, boolean graph, double floor, PlainWork work) {
        drawn.hardware(box.name, peak, box.bandwidth, graph ? "graph" : "stream", floor);
        drawn.work(work, peak, box.bandwidth, floor);
    }

    private void gemm(HeldoutCase drawn, Box box, boolean graph, double floor) {
        boolean decoder = drawn.json.at("/context/model_cls").asText().equals("decoder");
        int draw = random.nextInt(8);
        double act = 2;
        double weight = 2;
        double peak = box.bf16;
        if (draw == 0 && decoder) {
            weight = 0.519531;
            drawn.precision("w4a16", 2, weight, 2, 2, "bf16");
        } else if (draw == 1) {
            act = 1;
            weight = 1;
            peak = box.eightBit;
            drawn.precision("int8", 1, 1, 1, 2, "int8");
        } else {
            drawn.precision("bf16", 2, 2, 2, 2, "bf16");
        }
        ObjectNode s = drawn.shape();
        double m = s.get("M").asDouble();
        double n = s.get("N").asDouble();
        double k = s.get("K").asDouble();
        PlainWork work = s.has("experts")
                ? PlainWork.experts(
                        m, n, k, s.get("experts").asDouble(), s.get("top_k").asDouble(), act, weight, 2)
                : PlainWork.gemm(m, n, k, act, weight, 2);
        finish(drawn, box, peak, graph, floor, work);
    }

    private static PlainWork attention(ObjectNode s) {
        long window = s.path("window").asLong();
        if (!s.has("segments")) {
            PlainWork one = one(
                    s, s.get("B").asLong(), s.get("Sq").asLong(), s.get("Skv").asLong(), window);
            double pages = s.has("page")
                    ? 4.0
                            * s.get("B").asLong()
                            * Math.ceil(s.get("Skv").asDouble() / s.get("page").asLong())
                    : 0;
            return new PlainWork(one.flops(), one.bytes() + pages);
        }
        PlainWork sum = new PlainWork(0, 0);
        for (JsonNode segment : s.get("segments")) {
            sum = sum.plus(one(
                    s,
                    segment.get("count").asLong(),
                    segment.get("Sq").asLong(),
                    segment.get("Skv").asLong(),
                    window));
        }
        return sum;
    }

    private static PlainWork one(ObjectNode s, long batch, long queries, long keys, long window) {
        return PlainWork.attention(
                batch,
                s.get("Hq").asLong(),
                s.get("Hkv").asLong(),
                queries,
                keys,
                s.get("D").asLong(),
                s.get("mask").asText(),
                window,
                2);
    }

    private static PlainWork matrix(ObjectNode s, String op) {
        double rows = s.get("rows").asDouble();
        double cols = s.get("cols").asDouble();
        long group = s.get("group").asLong();
        double scales = group == -1 ? 1 : rows * Math.ceil(cols / group);
        double src = bytes(s.get("src").asText());
        double dst = bytes(s.get("dst").asText());
        return op.equals("quantize")
                ? PlainWork.quantize(rows, cols, src, dst, scales, group == -1)
                : PlainWork.dequantize(rows, cols, src, dst, scales);
    }

    private static double bytes(String type) {
        return switch (type) {
            case "int4" -> 0.5;
            case "int8", "fp8" -> 1;
            case "bf16", "fp16" -> 2;
            default -> throw new IllegalArgumentException(type);
        };
    }
}
