package dev.ridgepoint.kernels.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.precision.Footprint;
import dev.ridgepoint.kernels.precision.Precision;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayerShapeTest {
    private static final Footprint BYTES = Precision.BF16.footprint();
    /** A step of 2 sequences: 4 query and 2 key heads of 16, 6 tokens each then cached. */
    private static final LayerShape STEP = layer(
            AttentionShape.of(2, 4, 2, 1, 6, 16, Mask.CAUSAL), PointwiseFunction.SILU_MUL, true, true, Rotary.HALF);

    private static LayerShape layer(
            AttentionShape attention, PointwiseFunction activation, boolean first, boolean cached, Rotary rotary) {
        return new LayerShape(
                attention,
                32,
                40,
                activation,
                first ? RowFunction.RMSNORM : RowFunction.LAYERNORM,
                first,
                cached,
                rotary);
    }

    @Test
    void stepsAreInOrder() {
        assertEquals(
                List.of(
                        "normed",
                        "q",
                        "k",
                        "v",
                        "kCache",
                        "qTurned",
                        "o",
                        "projected",
                        "attended",
                        "attendedNormed",
                        "up",
                        "activated",
                        "down",
                        "y"),
                outputs(STEP));
        LayerShape bert = layer(
                AttentionShape.of(1, 2, 2, 7, 7, 16, Mask.FULL), PointwiseFunction.GELU, false, false, Rotary.NONE);
        assertEquals(
                List.of(
                        "q",
                        "k",
                        "v",
                        "o",
                        "projected",
                        "attended",
                        "attendedNormed",
                        "up",
                        "activated",
                        "down",
                        "thought",
                        "y"),
                outputs(bert));
    }

    private static List<String> outputs(LayerShape layer) {
        return layer.steps().stream().map(LayerStep::output).toList();
    }

    /** Whatever a step reads was given or was written before it; every result but y is read again. */
    @Test
    void buffersHangTogether() {
        Set<String> known = new HashSet<>();
        Set<String> read = new HashSet<>();
        LayerProblem problem = new LayerProblem(STEP, Precision.BF16);
        for (OperandSpec spec : OperandSpecs.of(problem)) {
            if (spec.role() != Role.OUTPUT) {
                known.add(spec.name());
            }
        }
        assertEquals(
                Set.of(
                        "x",
                        "w1",
                        "w2",
                        "wq",
                        "wk",
                        "wv",
                        "wo",
                        "wUp",
                        "wDown",
                        "positions",
                        "cosSin",
                        "kCache",
                        "vCache"),
                known);
        for (LayerStep step : STEP.steps()) {
            for (OperandSpec spec : OperandSpecs.of(Problem.of(step.shape(), Precision.BF16))) {
                String buffer = step.buffers().get(spec.name());
                if (spec.role() == Role.INPUT) {
                    assertTrue(known.contains(buffer), step.output() + " reads " + buffer);
                    read.add(buffer);
                } else {
                    known.add(buffer);
                }
            }
        }
        known.remove("y");
        assertEquals(known, read);
    }

    /**
     * Two tokens of 32. Weights: q 64 x 32, k and v 32 x 32, o 32 x 64, up 80 x 32, down 32 x 40; two FLOPs a product and token.
     */
    @Test
    void workIsThatOfTheSteps() {
        double products = 2 * 2 * (64 * 32 + 2 * 32 * 32 + 32 * 64 + 80 * 32 + 32 * 40);
        double attention = 2 * 4 * 6 * 4.0 * 16;
        double norms = 2 * 4 * 2 * 32;
        double turns = 3 * 2 * (2 + 4) * 16;
        double elements = 2 * (32 + 32) + 4 * 2 * 40;
        assertEquals(
                products + attention + norms + turns + elements,
                STEP.work(BYTES).flops());
        // Of every token normed is read thrice, attended twice, the rest once; y and the cache stay.
        double written = 2 * 2 * (32 + 64 + 32 + 32 + 64 + 64 + 32 + 32 + 32 + 80 + 40 + 32);
        double read = written + 2 * 2 * (2 * 32 + 32);
        assertEquals(new WorkModel(0, read, written), STEP.fusible(BYTES));
        WorkModel all = STEP.work(BYTES);
        double fusedReads = all.bytesRead() - read;
        double weights = 2 * (64 * 32 + 2 * 32 * 32 + 32 * 64 + 80 * 32 + 32 * 40 + 2 * 32);
        double cache = 2 * 2 * 6 * 2 * 2 * 16;
        double angles = 2 * 2 * 4 * (16 + 1);
        // x is read by the norm and by the residual.
        assertEquals(weights + cache + angles + 2 * (2 * 2 * 32), fusedReads);
        assertEquals(2 * 2 * 32 + 2 * 2 * 2 * 2 * 16, all.bytesWritten() - written, "y, and new keys and values");
    }

    @Test
    void namesAndJsonAreRead() {
        assertEquals(
                "layer_pre_rmsnorm_silu_mul_cache_half_causal_b2_q1_kv6_h4_kv2_d16_hid32_ffn40_bf16",
                new LayerProblem(STEP, Precision.BF16).id());
        LayerShape ragged = layer(
                new AttentionShape(
                        1,
                        4,
                        2,
                        0,
                        0,
                        16,
                        16,
                        Mask.SLIDING,
                        4,
                        8,
                        false,
                        0,
                        List.of(new AttentionShape.Segment(2, 1, 9))),
                PointwiseFunction.GELU,
                false,
                true,
                Rotary.NONE);
        for (LayerShape shape : List.of(STEP, ragged)) {
            assertEquals(shape, ShapeJson.parse("layer", ShapeJson.write(shape)));
        }
        PointwiseShape gated = new PointwiseShape(PointwiseFunction.SILU_MUL, 3, 5);
        assertEquals(gated, ShapeJson.parse("pointwise", ShapeJson.write(gated)));
        assertEquals(new WorkModel(60, 60, 30), gated.work(BYTES));
        RotateShape turn = new RotateShape(3, 2, 16, Rotary.INTERLEAVED, 8, 9);
        assertEquals(turn, ShapeJson.parse("rotate", ShapeJson.write(turn)));
        assertEquals(
                "rotate_interleaved_t3_h2_d16_p9_rot8_fp16",
                Problem.of(turn, Precision.FP16).id());
    }

    @Test
    void whatIsNoLayerIsRefused() {
        AttentionShape grown = AttentionShape.of(1, 2, 2, 1, 5, 16, Mask.CAUSAL);
        assertEquals(
                "cached: without a cache Sq is Skv and there are no pages",
                refusal(() -> layer(grown, PointwiseFunction.GELU, true, false, Rotary.NONE)));
        assertEquals(
                "activation: expected gelu or silu_mul, got add",
                refusal(() -> layer(grown, PointwiseFunction.ADD, true, true, Rotary.NONE)));
        AttentionShape full = AttentionShape.of(1, 2, 2, 5, 5, 16, Mask.FULL);
        assertEquals(
                "rotary: keys are turned on their way to a cache, and there is none",
                refusal(() -> layer(full, PointwiseFunction.GELU, true, false, Rotary.HALF)));
        assertEquals(
                "mask: with a cache, causal or sliding, not full",
                refusal(() -> layer(full, PointwiseFunction.GELU, true, true, Rotary.NONE)));
        assertEquals(
                "kv_shared, rel_positions, lse, Dv: a layer has none of them",
                refusal(() -> layer(full.withLse(), PointwiseFunction.GELU, true, false, Rotary.NONE)));
        assertEquals(
                "precision: a layer is fp32, fp16 or bf16 throughout, not int8",
                refusal(() -> Problem.of(STEP, Precision.INT8)));
        assertEquals(
                "rotary: to turn nothing is no operation", refusal(() -> new RotateShape(1, 1, 16, Rotary.NONE, 0, 1)));
    }

    private static String refusal(Runnable asked) {
        return assertThrows(IllegalArgumentException.class, asked::run).getMessage();
    }
}
