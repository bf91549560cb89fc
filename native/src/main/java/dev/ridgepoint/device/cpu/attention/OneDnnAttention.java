package dev.ridgepoint.device.cpu.attention;

import dev.ridgepoint.device.cpu.CpuKernel;
import dev.ridgepoint.device.cpu.Hardware;
import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.onednn.Softmax;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.util.List;
import java.util.Optional;

/**
 * Attention of oneDNN primitives: product, softmax, product, for a block of queries at a time. A block meets only the
 * keys its mask lets through, so causal attention costs half, and its scores stay in cache. Rows of queries that see no key
 * are filled with zeros, for oneDNN's softmax of nothing is no number.
 */
public record OneDnnAttention(Precision precision, Hardware hardware) implements CpuKernel {
    /** A row for every precision oneDNN multiplies as it is stored. */
    public static List<CpuKernel> all() {
        return List.<CpuKernel>of(
                new OneDnnAttention(Precision.FP32, Hardware::natively),
                new OneDnnAttention(Precision.BF16, Hardware::bf16),
                new OneDnnAttention(Precision.FP16, Hardware::fp16));
    }

    @Override
    public String id() {
        return "attention/cpu_" + precision.id() + "_onednn";
    }

    @Override
    public String idea() {
        return "oneDNN product, softmax, product over blocks of queries and the keys they see";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof AttentionProblem attention)) {
            return Support.unsupported("does attention, and this is " + problem.op());
        }
        if (!attention.precision().equals(precision)) {
            return Support.unsupported("computes " + precision + ", not " + attention.precision());
        }
        AttentionShape shape = attention.shape();
        if (shape.pageSize() > 0) {
            return Support.unsupported("oneDNN cannot follow a block table; a paged cache needs the native kernel");
        }
        if (shape.mask() == Mask.TREE) {
            return Support.unsupported("a token tree is data, and oneDNN's masks are prepared beforehand");
        }
        if (shape.relPositions() > 0) {
            return Support.unsupported("oneDNN cannot gather relative positions into scores");
        }
        if (shape.rope() != null) {
            return Support.unsupported("rotary: turns no queries and keys");
        }
        if (shape.lse()) {
            return Support.unsupported("lse: writes the output alone");
        }
        return hardware.on(device);
    }

    @Override
    public Optional<String> wrongOnNonFinite(Problem problem) {
        return Optional.of(Softmax.NON_FINITE);
    }

    @Override
    public void assemble(Problem problem, LaunchBuilder launch) {
        AttentionShape shape = ((AttentionProblem) problem).shape();
        BlockProducts blocks = new BlockProducts(shape, precision.activation(), launch);
        long queryToken = 0;
        long keyToken = 0;
        for (Segment s : shape.sequences()) {
            List<QueryBlock> plan = QueryBlock.plan(shape, s.seqLenQ(), s.seqLenKv());
            long unseeing = s.seqLenQ() - shape.seeingQueries(s.seqLenQ(), s.seqLenKv());
            for (long i = 0; i < s.count(); i++) {
                if (unseeing > 0) {
                    blocks.addZeros(queryToken, unseeing);
                }
                for (QueryBlock block : plan) {
                    blocks.add(block, queryToken, keyToken);
                }
                queryToken += s.seqLenQ();
                keyToken += s.seqLenKv();
            }
        }
    }
}
