package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.CellShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * A recurrent network: inputs of all time steps are projected at once, then one small product a step, each waiting for
 * the last. The step's product is a proxy: its gates' nonlinearities are no part of the GEMM; an LSTM's are the problem
 * {@code cell}. A translation model's step also looks
 * back at its source by additive attention, v tanh(W q + U k): products, of which the scores are a proxy.
 *
 * @param cell {@code lstm} or {@code gru}
 * @param gates products a cell fuses
 * @param steps time steps of the published problem
 * @param vocab words the decoder of a translation model chooses from, else 0
 */
record Recurrent(Card card, String cell, long hidden, long gates, long steps, long vocab) implements Model {
    static Model read(Card card, Fields fields) {
        String cell = fields.text("cell");
        long gates = fields.extent("gates");
        long expected = switch (cell) {
            case "lstm" -> 4;
            case "gru" -> 3;
            default -> throw fields.error("cell", "expected lstm or gru, got " + cell);
        };
        if (gates != expected) {
            throw fields.error("gates", "a " + cell + " has " + expected + ", got " + gates);
        }
        return new Recurrent(
                card, cell, fields.extent("hidden"), gates, fields.extent("steps"), fields.extentOrNone("vocab"));
    }

    /** A translation model of this kind is told by its vocabulary; the others are classifiers of sequences. */
    @Override
    public TaskFamily family() {
        return vocab > 0 ? TaskFamily.SEQ2SEQ : TaskFamily.UNDERSTANDING;
    }

    @Override
    public List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        for (long batch : new long[] {1, 4, 64}) {
            passes.add(Pass.step(batch));
            passes.add(Pass.encode(batch, steps));
        }
        return passes;
    }

    @Override
    public List<LayerOp> layers(Pass pass) {
        return switch (pass.phase()) {
            case RECURRENT_STEP -> step(pass);
            case ENCODE -> encode(pass);
            default -> throw noSuchPhase(pass);
        };
    }

    private List<LayerOp> encode(Pass pass) {
        List<LayerOp> ops = new ArrayList<>();
        ops.add(Linear.of("inp", gates * hidden, hidden).on(pass.rows()));
        if (vocab > 0) {
            ops.add(Linear.of("att_k", hidden, hidden).on(pass.rows()));
        }
        return ops;
    }

    private List<LayerOp> step(Pass pass) {
        List<LayerOp> ops = new ArrayList<>();
        GemmShape recurrent = new GemmShape(pass.batch(), gates * hidden, hidden, null, cell + " step");
        ops.add(new LayerOp.Gemm("rec", recurrent, false));
        if (cell.equals("lstm")) {
            ops.add(new LayerOp.Vectors("cell", new CellShape(pass.batch(), hidden)));
        }
        if (vocab > 0) {
            ops.add(Linear.of("head", vocab, hidden).on(pass.batch()));
            ops.addAll(attention(pass.batch()));
        }
        return ops;
    }

    /** One look of each sentence at a source of the published length. */
    private List<LayerOp> attention(long batch) {
        GemmShape scores = new GemmShape(batch * steps, 1, hidden, null, "additive attention scores");
        GemmShape context = GemmShape.batched(Math.toIntExact(batch), 1, hidden, steps);
        return List.of(
                Linear.of("att_q", hidden, hidden).on(batch),
                new LayerOp.Gemm("att_score", scores, true),
                new LayerOp.Gemm("att_context", context, true));
    }
}
