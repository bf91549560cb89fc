package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.shape.LayerProblem;
import dev.ridgepoint.kernels.shape.LayerStep;
import dev.ridgepoint.kernels.shape.Problem;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer is right if every step is right on what it had as its inputs, whatever came before it, and if the result is near the
 * layer's formulas. Inputs of a step that are outputs of others are read back, so its oracle is asked anew for each check.
 */
final class LayerExpectation implements Expectation {
    private final LayerProblem problem;
    private final OperandSet operands;
    private final List<LayerStep> steps;
    /** The composed reference; null for operands in patterns and for layers beyond its budget. */
    private final ToleranceExpectation whole;

    private LayerExpectation(LayerProblem problem, OperandSet operands, ToleranceExpectation whole) {
        this.problem = problem;
        this.operands = operands;
        this.steps = problem.shape().steps();
        this.whole = whole;
    }

    static LayerExpectation of(LayerProblem problem, OperandSet operands) {
        return new LayerExpectation(
                problem, operands, operands.patterned() ? null : LayerReference.expect(problem, operands));
    }

    @Override
    public Verdict check(OutputReader outputs) {
        Verdict all = null;
        for (LayerStep step : steps) {
            Verdict one = check(step, outputs).at(step.output());
            all = all == null ? one : all.and(one);
        }
        String source = operands.tolerance().source();
        Verdict steps = all.of(1).by("each step", source);
        return whole == null ? steps : steps.andWhole(whole.check(outputs).at("the layer as formulas"));
    }

    private Verdict check(LayerStep step, OutputReader outputs) {
        Problem part = Problem.of(step.shape(), problem.precision());
        Map<String, ByteBuffer> inputs = new HashMap<>();
        for (OperandSpec spec : OperandSpecs.of(part)) {
            if (spec.role() == Role.INPUT) {
                inputs.put(spec.name(), input(step.buffers().get(spec.name()), spec.bytes(), outputs));
            }
        }
        return Verifier.expectation(part, operands.ofStep(part, inputs), Verifier.FULL_LIMIT)
                .check(outputsOf(step, outputs));
    }

    /** What nobody writes is known here; everything else is what the device had. */
    private ByteBuffer input(String buffer, long bytes, OutputReader outputs) {
        if (role(buffer) == Role.INPUT) {
            return operands.input(buffer);
        }
        ByteBuffer held = ByteBuffer.allocateDirect(Math.toIntExact(bytes));
        outputs.read(buffer, 0, held);
        return held.rewind();
    }

    private Role role(String buffer) {
        return operands.specs().stream()
                .filter(spec -> spec.name().equals(buffer))
                .findFirst()
                .orElseThrow()
                .role();
    }

    /** A step's outputs by its own names; what a cache held before is what it was filled with. */
    private OutputReader outputsOf(LayerStep step, OutputReader outputs) {
        return new OutputReader() {
            @Override
            public void read(String operand, long offset, ByteBuffer target) {
                outputs.read(step.buffers().get(operand), offset, target);
            }

            @Override
            public byte before(String operand, long offset) {
                return operands.input(step.buffers().get(operand)).get((int) offset);
            }
        };
    }

    @Override
    public void write(DataOutput target) throws IOException {
        target.writeBoolean(whole != null);
        if (whole != null) {
            whole.write(target);
        }
    }

    /** @param operands the inputs it was made for; they are not in the file */
    static LayerExpectation read(DataInput source, OperandSet operands) throws IOException {
        LayerProblem problem = (LayerProblem) operands.problem();
        ToleranceExpectation whole = source.readBoolean() ? ToleranceExpectation.read(source, problem) : null;
        return new LayerExpectation(problem, operands, whole);
    }
}
