package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
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
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The verification ladder: computes once what a problem's outputs should be, then compares any number of outputs with
 * it. Quantisation and repacking are compared bit for bit, products and attention in full up to 2^28 multiply-adds and in samples
 * above, functions of rows and elements in full up to 2^24 elements, a layer step by step;
 * {@link Verdict#missProbability()} says what a sample can miss. Where the outputs lie on a device that computes the same in
 * fp64, {@link OutputReader#reference}, all of a large output is compared with that, and that with the sample.
 *
 * <p>The gate is to fill outputs with {@link #POISON} before a kernel runs: in every floating-point type that is NaN, and
 * every output is looked through for NaN, so whatever a kernel leaves untouched fails. It speaks of one set of inputs;
 * a kernel that keeps results from earlier inputs is found by a second set, generated from another seed, with a
 * verifier of its own.
 */
public final class Verifier {
    /** The byte that outputs are filled with before a kernel is checked. */
    public static final byte POISON = (byte) 0xFF;

    /** Multiply-adds up to which every element is computed. */
    public static final long FULL_LIMIT = 1L << 28;

    private static final long MAGIC = 0x5269646765503033L;
    /** Kinds of expectation in a file. */
    private static final byte TOLERANCE = 0;

    private static final byte EXACT = 1;
    private static final byte OUTPUTS = 2;
    private static final byte LAYER = 3;

    private final String problemId;
    private final String inputsSha256;
    private final Expectation expectation;

    private Verifier(String problemId, String inputsSha256, Expectation expectation) {
        this.problemId = problemId;
        this.inputsSha256 = inputsSha256;
        this.expectation = expectation;
    }

    /** Computes what these inputs lead to. */
    public static Verifier of(Problem problem, OperandSet operands) {
        return of(problem, operands, FULL_LIMIT);
    }

    /**
     * As {@link #of(Problem, OperandSet)}, but samples from a smaller size on; for tests of the ladder itself.
     *
     * @param fullLimit multiply-adds up to which every element is computed
     */
    public static Verifier of(Problem problem, OperandSet operands, long fullLimit) {
        if (!problem.equals(operands.problem())) {
            throw new IllegalArgumentException(
                    "operands: made for " + operands.problem().id() + ", not for " + problem.id());
        }
        return new Verifier(problem.id(), operands.sha256(), expectation(problem, operands, fullLimit));
    }

    /** What the outputs of a problem should be. */
    static Expectation expectation(Problem problem, OperandSet operands, long fullLimit) {
        if (problem instanceof GemmProblem gemm) {
            return GemmExpectation.of(gemm, operands, fullLimit);
        }
        if (problem instanceof AttentionProblem attention) {
            return AttentionExpectation.of(attention, operands, fullLimit);
        }
        if (problem instanceof RowProblem rows) {
            return RowExpectation.of(rows, operands, fullLimit);
        }
        if (problem instanceof CellProblem cell) {
            return CellExpectation.of(cell, operands);
        }
        if (problem instanceof AppendProblem append) {
            return AppendExpectation.of(append, operands);
        }
        if (problem instanceof PointwiseProblem pointwise) {
            return PointwiseExpectation.of(pointwise, operands, fullLimit);
        }
        if (problem instanceof RotateProblem rotate) {
            return RotateExpectation.of(rotate, operands);
        }
        if (problem instanceof RepackProblem repack) {
            return RepackExpectation.of(repack, operands);
        }
        if (problem instanceof LayerProblem layer) {
            return LayerExpectation.of(layer, operands);
        }
        return QuantizeExpectation.of((QuantizeProblem) problem, operands);
    }

    /** Digest of the inputs it speaks of, as {@link OperandSet#sha256()} gives it. */
    public String inputsSha256() {
        return inputsSha256;
    }

    /** Compares outputs with what they should be. */
    public Verdict check(OutputReader outputs) {
        return expectation.check(outputs);
    }

    /** Keeps what was computed, so that another process need not compute it again. */
    public void save(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeLong(MAGIC);
            out.writeUTF(problemId);
            out.writeUTF(inputsSha256);
            out.writeByte(kind());
            expectation.write(out);
        }
    }

    private byte kind() {
        if (expectation instanceof LayerExpectation) {
            return LAYER;
        }
        if (expectation instanceof OutputsExpectation) {
            return OUTPUTS;
        }
        return expectation instanceof ExactExpectation ? EXACT : TOLERANCE;
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @param operands the inputs that outputs will come from
     * @throws IOException if the file is none of ours or speaks of another problem or other inputs
     */
    public static Verifier load(OperandSet operands, Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return read(operands, file, in);
        } catch (EOFException cut) {
            throw new IOException(file + ": the file of expected outputs is cut short", cut);
        }
    }

    private static Verifier read(OperandSet operands, Path file, DataInputStream in) throws IOException {
        Problem problem = operands.problem();
        if (in.readLong() != MAGIC) {
            throw new IOException(file + ": not a file of expected outputs");
        }
        String problemId = in.readUTF();
        if (!problemId.equals(problem.id())) {
            throw new IOException(file + ": expected outputs of " + problem.id() + ", found " + problemId);
        }
        String inputsSha256 = in.readUTF();
        if (!inputsSha256.equals(operands.sha256())) {
            throw new IOException(file + ": operands of " + problemId + " differ from those of the oracle");
        }
        Expectation expectation = switch (in.readByte()) {
            case TOLERANCE -> ToleranceExpectation.read(in, problem);
            case EXACT -> ExactExpectation.read(in);
            case OUTPUTS -> OutputsExpectation.read(in, problem);
            case LAYER -> LayerExpectation.read(in, operands);
            default -> throw new IOException(file + ": expected outputs of an unknown kind");
        };
        return new Verifier(problemId, inputsSha256, expectation);
    }
}
