package dev.ridgepoint.kernels.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import java.util.List;

/** Shapes in {@link ShapeJson}'s vocabulary, fields at their default left out. */
final class ShapeWriter {
    private ShapeWriter() {}

    static ObjectNode write(Shape shape) {
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
        if (shape.staticScale()) {
            json.put("static_scale", true);
        }
    }

    private static void putUnless(ObjectNode json, String field, long value, long usual) {
        if (value != usual) {
            json.put(field, value);
        }
    }
}
