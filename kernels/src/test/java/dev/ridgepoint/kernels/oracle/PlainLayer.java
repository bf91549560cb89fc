package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.shape.LayerProblem;
import dev.ridgepoint.kernels.shape.LayerStep;
import dev.ridgepoint.kernels.shape.Problem;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A machine whose kernels round correctly, and the memory it leaves after the steps it was given. */
final class PlainLayer implements OutputReader {
    /** Spoils memory after a step. */
    interface Mishap {
        void after(LayerStep step, PlainLayer memory);
    }

    private final LayerProblem problem;
    private final OperandSet operands;
    private final Map<String, byte[]> memory = new HashMap<>();

    private PlainLayer(LayerProblem problem, OperandSet operands) {
        this.problem = problem;
        this.operands = operands;
        for (OperandSpec spec : operands.specs()) {
            byte[] bytes = new byte[(int) spec.bytes()];
            if (spec.role() == Role.OUTPUT) {
                Arrays.fill(bytes, Verifier.POISON);
            } else {
                operands.input(spec.name()).get(bytes);
            }
            memory.put(spec.name(), bytes);
        }
    }

    static PlainLayer run(LayerProblem problem, OperandSet operands, List<LayerStep> steps, Mishap mishap) {
        PlainLayer layer = new PlainLayer(problem, operands);
        for (LayerStep step : steps) {
            layer.run(step);
            mishap.after(step, layer);
        }
        return layer;
    }

    /** What lies in a buffer, to be changed at will. */
    byte[] at(String buffer) {
        return memory.get(buffer);
    }

    /** What a buffer of state or input held before any step. */
    byte[] earlier(String buffer) {
        byte[] bytes = new byte[at(buffer).length];
        operands.input(buffer).get(bytes);
        return bytes;
    }

    private void run(LayerStep step) {
        Problem part = Problem.of(step.shape(), problem.precision());
        Map<String, ByteBuffer> inputs = new HashMap<>();
        for (OperandSpec spec : OperandSpecs.of(part)) {
            if (spec.role() == Role.INPUT) {
                inputs.put(
                        spec.name(), ByteBuffer.wrap(memory.get(step.buffers().get(spec.name()))));
            }
        }
        Expectation right = Verifier.expectation(part, operands.ofStep(part, inputs), Verifier.FULL_LIMIT);
        if (right instanceof ExactExpectation exact) {
            exact.buffers().forEach(buffer -> write(buffer, at(step.buffers().get(buffer.name()))));
        } else {
            ToleranceExpectation near = (ToleranceExpectation) right;
            double[] values = near.elements().values();
            float[] rounded = new float[values.length];
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = (float) values[i];
            }
            byte[] target = at(step.buffers().get(near.output().name()));
            byte[] bytes = FloatCodec.encode(near.output().type(), rounded);
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }

    private static void write(ExactExpectation.Buffer buffer, byte[] target) {
        for (int at = 0; at < target.length; at++) {
            if (buffer.writes(at / buffer.bytesOfElement())) {
                target[at] = buffer.bytes()[at];
            }
        }
    }

    @Override
    public void read(String operand, long offset, ByteBuffer target) {
        target.put(memory.get(operand), (int) offset, target.remaining());
    }
}
