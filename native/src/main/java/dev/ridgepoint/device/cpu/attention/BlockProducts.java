package dev.ridgepoint.device.cpu.attention;

import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.onednn.Argument;
import dev.ridgepoint.device.cpu.onednn.Layout;
import dev.ridgepoint.device.cpu.onednn.Matmul;
import dev.ridgepoint.device.cpu.onednn.Primitive;
import dev.ridgepoint.device.cpu.onednn.Softmax;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import java.util.HashMap;
import java.util.Map;

/** The steps of blocks of queries: scores, what is hidden of them, softmax, product with the values. */
final class BlockProducts {
    private final AttentionShape shape;
    private final LaunchBuilder launch;
    private final HeadLayouts layouts;
    private final Map<BlockSize, Primitives> compiled = new HashMap<>();
    private final long scores;
    private final long weights;

    private record BlockSize(long rows, long keys) {}

    private record Primitives(Primitive scores, Primitive softmax, Primitive output) {}

    BlockProducts(AttentionShape shape, DType type, LaunchBuilder launch) {
        this.shape = shape;
        this.launch = launch;
        // One thread keeps a head's scores in its cache; several share the heads out between them.
        this.layouts = new HeadLayouts(shape, launch.threads() == 1 ? 1 : shape.kvHeads(), type);
        long most = mostScores();
        this.scores = launch.scratch(Float.BYTES * most);
        this.weights = type == DType.FP32 ? scores : launch.scratch(type.bits() / 8 * most);
    }

    private long mostScores() {
        long most = 1;
        for (Segment s : shape.sequences()) {
            for (QueryBlock block : QueryBlock.plan(shape, s.seqLenQ(), s.seqLenKv())) {
                most = Math.max(most, layouts.matrices() * block.rows() * block.keys());
            }
        }
        return most;
    }

    /** Adds the steps of one block of the sequence whose tokens begin there. */
    void add(QueryBlock block, long queryToken, long keyToken) {
        Primitives primitives =
                compiled.computeIfAbsent(new BlockSize(block.rows(), block.keys()), size -> compile(block));
        for (long head = 0; head < shape.kvHeads(); head += layouts.heads()) {
            long queryRow = (queryToken + block.first()) * shape.qHeads() + head * shape.groupSize();
            long keyRow = (keyToken + block.fromKey()) * shape.kvHeads() + head;
            addHeads(block, primitives, queryRow, keyRow);
        }
    }

    /** Adds the zeros of so many queries, from that one on, which see no key. */
    void addZeros(long queryToken, long queries) {
        long bytes = layouts.type().bits() / 8 * shape.qHeads() * shape.valueDim() * queries;
        launch.then("zeros", new Zeros(at("o", queryToken * shape.qHeads(), shape.valueDim()), bytes));
    }

    private void addHeads(QueryBlock block, Primitives primitives, long queryRow, long keyRow) {
        Layout s = layouts.scores(DType.FP32, block.rows(), block.keys());
        Layout p = layouts.scores(layouts.type(), block.rows(), block.keys());
        launch.then(
                primitives.scores(),
                Argument.source(layouts.queries(block.rows()), at("q", queryRow, shape.headDim())),
                Argument.weights(layouts.keys(block.keys()), at("k", keyRow, shape.headDim())),
                Argument.destination(s, scores));
        if (block.hides()) {
            launch.then("mask", new HideScores(block, layouts.matrices(), scores));
        }
        launch.then(primitives.softmax(), Argument.source(s, scores), Argument.destination(p, weights));
        launch.then(
                primitives.output(),
                Argument.source(p, weights),
                Argument.weights(layouts.values(block.keys()), valuesAt(keyRow)),
                Argument.destination(layouts.outputs(block.rows()), at("o", queryRow, shape.valueDim())));
    }

    private Primitives compile(QueryBlock block) {
        long rows = block.rows();
        long keys = block.keys();
        Layout s = layouts.scores(DType.FP32, rows, keys);
        Layout p = layouts.scores(layouts.type(), rows, keys);
        float scale = (float) (1 / Math.sqrt(shape.headDim()));
        try (Matmul first =
                        Matmul.of(layouts.queries(rows), layouts.keys(keys), s).times(scale);
                Matmul second = Matmul.of(p, layouts.values(keys), layouts.outputs(rows))) {
            return new Primitives(
                    launch.own(first.compile(launch.oneDnn())),
                    launch.own(Softmax.compile(launch.oneDnn(), s, p)),
                    launch.own(second.compile(launch.oneDnn())));
        }
    }

    private long at(String operand, long row, long dim) {
        return launch.address(operand) + layouts.type().bits() / 8 * row * dim;
    }

    private long valuesAt(long keyRow) {
        return shape.kvShared() ? at("k", keyRow, shape.headDim()) : at("v", keyRow, shape.valueDim());
    }
}
