package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.shape.CellProblem;
import dev.ridgepoint.kernels.shape.LayerProblem;
import dev.ridgepoint.kernels.shape.PointwiseProblem;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AppendProblem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.RepackProblem;
import dev.ridgepoint.kernels.shape.RotateProblem;
import dev.ridgepoint.kernels.shape.RowProblem;
import java.util.List;

/**
 * The buffers of each operation: the one calling convention that operand generators, oracles, the gate and every
 * kernel share. All arrays are row-major and little-endian.
 *
 * <ul>
 *   <li>A quantised matrix {@code b} is up to four buffers, each holding what the format's codec makes of it:
 *       {@code b} codes (or whole blocks), {@code bScales}, {@code bZeros}, {@code bTensorScale}. Of several matrices
 *       (experts) each is encoded alone; codes follow codes and scales follow scales.
 *   <li>GEMM: {@code a} [m, k], {@code b} [n, k] (or [experts, n, k]), {@code c} [m, n]. Where activations are
 *       multiplied in the weight's type, {@code a} is quantised in its format. A mixture of experts brings
 *       {@code routing}, int32 [m, topK], and {@code c} has a row for every choice: [m, topK, n].
 *       A batch of products has {@code a} [products, m, k], {@code b} [products, n, k], {@code c} [products, m, n].
 *       An epilogue brings {@code bias} [n] (or [experts, n], [products, n]), of the type of {@code c}.
 *   <li>Attention: {@code q} [tokens, qHeads, headDim], {@code k} [tokens, kvHeads, headDim], {@code v}, {@code o}
 *       alike with valueDim; sequences follow one another. Scores are scaled by 1/sqrt(headDim). Ragged batches bring
 *       {@code qOffsets} and {@code kvOffsets}, int32 [sequences + 1], in tokens. A paged cache keeps {@code k} and
 *       {@code v} as [pages, pageSize, kvHeads, dim] in shuffled order and brings {@code blockTable}, int32
 *       [sequences, pages of the longest], -1 beyond a sequence's last page; {@code kvOffsets} still counts tokens
 *       without padding. Quantised caches are matrices of rows [token, kvHead]: with a scale a row, {@code kScales}
 *       and {@code vScales} are fp32 [tokens, kvHeads] (paged: [pages, pageSize, kvHeads]). Shared values
 *       ({@code kvShared}) have no {@code v}: they are the first valueDim elements of {@code k}. A token tree brings
 *       {@code treeParents}, int32 [seqLenQ], -1 at the root, one tree for all sequences. Relative positions bring
 *       {@code relKeys} and {@code relQueries} [relPositions, qHeads, headDim]; see {@code AttentionOracle}.
 *       Where it is asked for, {@code lse} is fp32 [tokens, qHeads]. Queries and keys that are turned first bring
 *       {@code positions}, int32 [tokens of keys, without padding], queries being the last of them, and {@code cosSin} as
 *       appending has it.
 *   <li>Append: {@code k} [tokens, kvHeads, headDim] and {@code v} of the new tokens, sequence after sequence;
 *       {@code positions}, int32 [tokens]; {@code cosSin}, fp32 [positions, rotaryDim], cosines of a position's angles and
 *       then their sines; offsets and block table as attention has them, for the cache as it is afterwards. To
 *       {@code kCache} and {@code vCache} (with {@code kCacheScales} and {@code vCacheScales} where they are quantised),
 *       which are attention's {@code k} and {@code v} to the byte. Places of other tokens are not written.
 *   <li>Quantise: {@code x} [rows, cols] to {@code codes}, {@code scales}, {@code zeros}; dequantise: the same
 *       buffers to {@code y}. Transposed quantising has {@code x} [cols, rows]; codes and scales lie as ever. NVFP4's fp32
 *       scale of the whole tensor is {@code tensorScale}.
 *   <li>Functions of rows: {@code x} [rows, cols] to {@code y} [rows, cols]; rmsnorm brings {@code w} [cols], layernorm
 *       {@code w} and {@code b}.
 *   <li>LSTM cell: {@code xGates} and {@code hGates} [batch, 4, hidden] are the products of the input and of the old state,
 *       {@code bias} [4, hidden] their biases together, gates in the order i, f, g, o; {@code c} [batch, hidden] the old state;
 *       to {@code hNext} and {@code cNext} [batch, hidden].
 *   <li>Functions of elements: {@code x} [rows, cols], of the gated one [rows, 2 cols], gates before values, and {@code r} [rows,
 *       cols] where two are added; to {@code y} [rows, cols].
 *   <li>Rotate: {@code x} [tokens, heads, d], {@code positions} and {@code cosSin} as appending has them; to {@code y} like x.
 *   <li>Repack: {@code codes} and {@code zeros} of a weight [rows, cols] in one layout, to {@code toCodes} and {@code toZeros} in
 *       the other; scales lie alike in both and are no operand.
 *   <li>Layer: {@code x} [tokens, hidden], weights {@code wq wk wv wo wUp wDown} and {@code w1 b1 w2 b2} of its norms, indices,
 *       {@code positions} and {@code cosSin} as attention and appending have them; caches {@code kCache} and {@code vCache}, which are
 *       state; an output for every step, the last of them {@code y} [tokens, hidden].
 * </ul>
 */
public final class OperandSpecs {
    private OperandSpecs() {}

    /** The buffers of a problem, inputs first. */
    public static List<OperandSpec> of(Problem problem) {
        return operands(problem).stream()
                .flatMap(operand -> operand.specs().stream())
                .toList();
    }

    /** The arguments of a problem, inputs first. */
    public static List<Operand> operands(Problem problem) {
        if (problem instanceof GemmProblem gemm) {
            return GemmOperands.of(gemm);
        }
        if (problem instanceof AttentionProblem attention) {
            return AttentionOperands.of(attention);
        }
        if (problem instanceof RowProblem rows) {
            return RowOperands.of(rows);
        }
        if (problem instanceof CellProblem cell) {
            return CellOperands.of(cell);
        }
        if (problem instanceof AppendProblem append) {
            return AppendOperands.of(append);
        }
        if (problem instanceof PointwiseProblem pointwise) {
            return PointwiseOperands.of(pointwise);
        }
        if (problem instanceof RotateProblem rotate) {
            return RotateOperands.of(rotate);
        }
        if (problem instanceof RepackProblem repack) {
            return RepackOperands.of(repack);
        }
        if (problem instanceof LayerProblem layer) {
            return LayerOperands.of(layer);
        }
        return QuantizeOperands.of((QuantizeProblem) problem);
    }
}
