package dev.ridgepoint.device.cpu.attention;

import dev.ridgepoint.device.cpu.CpuKernel;
import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.lib.AttentionArgs;
import dev.ridgepoint.device.cpu.lib.NativeLibrary;
import dev.ridgepoint.device.cpu.lib.NativeTask;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.util.List;

/**
 * Attention by our C++ library on one thread: a running softmax over tiles of the cache, which may be paged and
 * quantised. Each tile is widened to fp32 once for all queries that share it, so key/value heads are read once.
 */
public record NativeAttention(Precision precision) implements CpuKernel {
    /** A row for every precision whose queries, keys and values the library reads. */
    public static List<CpuKernel> all() {
        return List.<CpuKernel>of(
                new NativeAttention(Precision.FP32),
                new NativeAttention(Precision.BF16),
                new NativeAttention(Precision.FP16),
                new NativeAttention(Precision.BF16_KV_FP8),
                new NativeAttention(Precision.BF16_KV_INT8),
                new NativeAttention(Precision.FP8_E4M3),
                new NativeAttention(Precision.FP8_E5M2));
    }

    @Override
    public String id() {
        return "attention/cpu_" + precision.id() + "_native";
    }

    @Override
    public String idea() {
        return "running softmax over tiles of a paged, quantised cache, one thread";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof AttentionProblem attention)) {
            return Support.unsupported("does attention, and this is " + problem.op());
        }
        if (!attention.precision().equals(precision)) {
            return Support.unsupported("computes " + precision + ", not " + attention.precision());
        }
        if (attention.shape().relPositions() > 0) {
            return Support.unsupported("scores no relative positions");
        }
        if (attention.shape().rope() != null) {
            return Support.unsupported("rotary: turns no queries and keys");
        }
        if (attention.shape().lse()) {
            return Support.unsupported("lse: writes the output alone");
        }
        if (!NativeLibrary.isBuilt()) {
            return Support.unsupported(NativeLibrary.LEFT_OUT);
        }
        return precision.equals(Precision.FP32) ? Support.natively() : Support.upconverted();
    }

    @Override
    public void assemble(Problem problem, LaunchBuilder launch) {
        AttentionShape shape = ((AttentionProblem) problem).shape();
        // Arguments are an object of the library's.
        NativeLibrary.load();
        Offsets offsets = Offsets.of(shape, launch);
        try (AttentionArgs args = new AttentionArgs()) {
            args.sequences(offsets.sequences())
                    .q_heads(shape.qHeads())
                    .kv_heads(shape.kvHeads())
                    .head_dim(shape.headDim())
                    .value_dim(shape.valueDim())
                    .window(shape.window())
                    .page_size(shape.pageSize())
                    .pages_a_row(shape.pageSize() == 0 ? 0 : ceilDiv(offsets.longestKv(), shape.pageSize()))
                    .longest_q(offsets.longestQ())
                    .longest_kv(offsets.longestKv())
                    .kv_shared(shape.kvShared())
                    .q_offsets(offsets.queries())
                    .kv_offsets(offsets.keys())
                    .q(launch.address("q"))
                    .k(launch.address("k"))
                    .v(launch.address("v"))
                    .q_scale(launch.address("qScales"))
                    .k_scales(launch.address("kScales"))
                    .v_scales(launch.address("vScales"))
                    .one_scale(oneScale())
                    .block_table(launch.address("blockTable"))
                    .tree_parents(launch.address("treeParents"))
                    .o(launch.address("o"));
            DType query = precision.activation();
            launch.then(NativeTask.attention(
                    query, precision.kv(), precision.output(), shape.mask().id(), args));
        }
    }

    private boolean oneScale() {
        return precision.kvFormat() != null
                && precision.kvFormat().granularity().equals(Granularity.PER_TENSOR);
    }

    private static long ceilDiv(long extent, long unit) {
        return (extent + unit - 1) / unit;
    }
}
