package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The buffers of each operation: the one calling convention that operand generators, oracles, the gate and every
 * kernel share. All arrays are row-major and little-endian.
 *
 * <ul>
 *   <li>GEMM: {@code a} [m, k], {@code b} [n, k] (or [experts, n, k]), {@code c} [m, n]. Quantised operands bring
 *       {@code aScales}, {@code bScales}, {@code bZeros}. A mixture of experts brings {@code routing}, int32
 *       [m, topK], and {@code c} has a row for every choice: [m, topK, n].
 *   <li>Attention: {@code q} [tokens, qHeads, headDim], {@code k} [tokens, kvHeads, headDim], {@code v}, {@code o}
 *       alike with valueDim; sequences follow one another. Ragged batches bring {@code qOffsets} and
 *       {@code kvOffsets}, int32 [sequences + 1]. A paged cache keeps {@code k} and {@code v} as
 *       [pages, pageSize, kvHeads, dim] in shuffled order and brings {@code blockTable}, int32
 *       [sequences, pages of the longest]. Quantised caches bring {@code kScales}, {@code vScales}, fp32
 *       [tokens, kvHeads] (paged: [pages, pageSize, kvHeads]). A token tree brings {@code treeParents}, int32 [seqLenQ], -1 at
 *       the root. Relative positions bring {@code relKeys} and {@code relQueries} [relPositions, qHeads, headDim].
 *   <li>Quantise: {@code x} [rows, cols] to {@code codes}, {@code scales}, {@code zeros}; dequantise: the same
 *       buffers to {@code y}. NVFP4's fp32 scale of the whole tensor is {@code tensorScale}.
 * </ul>
 */
public final class OperandSpecs {
    private OperandSpecs() {}

    /** The buffers of a problem, inputs first. */
    public static List<OperandSpec> of(Problem problem) {
        if (problem instanceof GemmProblem gemm) {
            return gemm(gemm.shape(), gemm.precision());
        }
        if (problem instanceof AttentionProblem attention) {
            return attention(attention.shape(), attention.precision());
        }
        return quantize((QuantizeProblem) problem);
    }

    private static List<OperandSpec> gemm(GemmShape shape, Precision precision) {
        long experts = shape.moe() == null ? 1 : shape.moe().experts();
        long choices = shape.moe() == null ? 1 : shape.moe().topK();
        List<OperandSpec> specs = new ArrayList<>();
        boolean quantisedActivation = precision.weightFormat() != null && precision.activation() == precision.weight();
        if (quantisedActivation) {
            QuantFormat format = precision.weightFormat();
            specs.add(input("a", format.element(), format.codeBytes(shape.m(), shape.k()), "[m, k]"));
            specs.add(input("aScales", format.scale(), format.scalesLength(shape.m(), shape.k()), "by group"));
        } else {
            specs.add(
                    input("a", precision.activation(), plain(precision.activation(), shape.m(), shape.k()), "[m, k]"));
        }
        addQuantisable(specs, "b", precision.weight(), precision.weightFormat(), experts, shape.n(), shape.k());
        if (shape.moe() != null) {
            specs.add(input("routing", DType.INT32, 4 * shape.m() * choices, "[m, topK]"));
        }
        specs.add(output("c", precision.output(), plain(precision.output(), shape.m() * choices, shape.n()), "[m, n]"));
        return specs;
    }

    private static void addQuantisable(
            List<OperandSpec> specs, String name, DType type, QuantFormat format, long count, long rows, long cols) {
        if (format == null) {
            specs.add(input(name, type, count * plain(type, rows, cols), "[rows, cols]"));
            return;
        }
        DType code = format.packed() ? DType.INT8 : format.element();
        specs.add(input(name, code, count * format.codesLength(rows, cols), format.id()));
        if (!format.packed()) {
            addScales(specs, Role.INPUT, name + "Scales", name + "Zeros", format, count, rows, cols);
            if (format == QuantFormat.NVFP4) {
                specs.add(input(name + "TensorScale", DType.FP32, 4 * count, "[1]"));
            }
        }
    }

    private static void addScales(
            List<OperandSpec> specs,
            Role role,
            String scales,
            String zeros,
            QuantFormat format,
            long count,
            long rows,
            long cols) {
        specs.add(new OperandSpec(scales, role, format.scale(), count * format.scalesLength(rows, cols), "by group"));
        if (format.zeroBits() > 0) {
            specs.add(new OperandSpec(zeros, role, DType.INT4, count * format.zerosLength(rows, cols), "by group"));
        }
    }

    private static List<OperandSpec> attention(AttentionShape shape, Precision precision) {
        long sequences = 0;
        long queryTokens = 0;
        long keyTokens = 0;
        long longest = 0;
        for (AttentionShape.Segment s : shape.sequences()) {
            sequences += s.count();
            queryTokens += s.count() * s.seqLenQ();
            longest = Math.max(longest, s.seqLenKv());
            keyTokens += s.count() * paddedToPages(s.seqLenKv(), shape.pageSize());
        }
        DType activation = precision.activation();
        List<OperandSpec> specs = new ArrayList<>();
        specs.add(
                input("q", activation, plain(activation, queryTokens * shape.qHeads(), shape.headDim()), "[t, h, d]"));
        long keyRows = keyTokens * shape.kvHeads();
        specs.add(input("k", precision.kv(), plain(precision.kv(), keyRows, shape.headDim()), "[t, h, d]"));
        if (!shape.kvShared()) {
            specs.add(input("v", precision.kv(), plain(precision.kv(), keyRows, shape.valueDim()), "[t, h, dv]"));
        }
        if (precision.kvFormat() != null) {
            specs.add(input("kScales", DType.FP32, 4 * keyRows, "[t, h]"));
            if (!shape.kvShared()) {
                specs.add(input("vScales", DType.FP32, 4 * keyRows, "[t, h]"));
            }
        }
        if (shape.pageSize() > 0) {
            long pages = paddedToPages(longest, shape.pageSize()) / shape.pageSize();
            specs.add(input("blockTable", DType.INT32, 4 * sequences * pages, "[sequences, pages]"));
        }
        if (!shape.segments().isEmpty()) {
            specs.add(input("qOffsets", DType.INT32, 4 * (sequences + 1), "[sequences + 1]"));
            specs.add(input("kvOffsets", DType.INT32, 4 * (sequences + 1), "[sequences + 1]"));
        }
        if (shape.mask() == Mask.TREE) {
            specs.add(input("treeParents", DType.INT32, 4 * shape.seqLenQ(), "[seqLenQ]"));
        }
        if (shape.relPositions() > 0) {
            long table = plain(activation, shape.relPositions() * shape.qHeads(), shape.headDim());
            specs.add(input("relKeys", activation, table, "[rel, h, d]"));
            specs.add(input("relQueries", activation, table, "[rel, h, d]"));
        }
        specs.add(output(
                "o",
                precision.output(),
                plain(precision.output(), queryTokens * shape.qHeads(), shape.valueDim()),
                "[t, h, dv]"));
        return specs;
    }

    private static long paddedToPages(long tokens, long pageSize) {
        return pageSize == 0 ? tokens : (tokens + pageSize - 1) / pageSize * pageSize;
    }

    private static List<OperandSpec> quantize(QuantizeProblem problem) {
        QuantizeShape shape = problem.shape();
        QuantFormat format = problem.format();
        boolean quantize = shape.direction() == QuantizeShape.Direction.QUANTIZE;
        long plainBytes = plain(problem.plain(), shape.rows(), shape.cols());
        List<OperandSpec> specs = new ArrayList<>();
        if (quantize) {
            specs.add(input("x", problem.plain(), plainBytes, "[rows, cols]"));
        }
        Role role = quantize ? Role.OUTPUT : Role.INPUT;
        DType code = format.packed() ? DType.INT8 : format.element();
        long codes = format.codesLength(shape.rows(), shape.cols());
        specs.add(new OperandSpec("codes", role, code, codes, format.id()));
        if (!format.packed()) {
            addScales(specs, role, "scales", "zeros", format, 1, shape.rows(), shape.cols());
        }
        if (format == QuantFormat.NVFP4) {
            specs.add(new OperandSpec("tensorScale", role, DType.FP32, 4, "[1]"));
        }
        if (!quantize) {
            specs.add(output("y", problem.plain(), plainBytes, "[rows, cols]"));
        }
        return specs;
    }

    private static long plain(DType type, long rows, long cols) {
        return (Math.multiplyExact(Math.multiplyExact(rows, cols), (long) type.bits()) + 7) / 8;
    }

    private static OperandSpec input(String name, DType type, long bytes, String layout) {
        return new OperandSpec(name, Role.INPUT, type, bytes, layout);
    }

    private static OperandSpec output(String name, DType type, long bytes, String layout) {
        return new OperandSpec(name, Role.OUTPUT, type, bytes, layout);
    }
}
