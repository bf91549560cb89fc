package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.shape.LayerProblem;
import dev.ridgepoint.kernels.shape.LayerStep;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AppendProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a layer: those of its steps under the layer's names, each buffer once. What a step writes is an output, what
 * none writes an input, and the caches are state. What is not finite stands in the first token alone, and under a window nowhere: behind a mask
 * it would be a value that is nobody's promise; and other adversarial rows would overflow fp16 on their way.
 */
final class LayerOperands {
    private LayerOperands() {}

    static List<Operand> of(LayerProblem problem) {
        Map<String, Operand> inputs = new LinkedHashMap<>();
        Map<String, Operand> outputs = new LinkedHashMap<>();
        boolean first = problem.shape().attention().window() == 0;
        for (LayerStep step : problem.shape().steps()) {
            Problem part = Problem.of(step.shape(), problem.precision());
            for (Operand operand : OperandSpecs.operands(part)) {
                Operand named = named(operand, step, part, first);
                if (operand.role() == Role.OUTPUT) {
                    outputs.put(name(named), named);
                } else if (!outputs.containsKey(name(named))) {
                    inputs.putIfAbsent(name(named), named);
                }
            }
        }
        List<Operand> all = new ArrayList<>(inputs.values());
        all.addAll(outputs.values());
        return all;
    }

    private static Operand named(Operand operand, LayerStep step, Problem part, boolean first) {
        String name = step.buffers().get(name(operand));
        if (operand instanceof IndexOperand index) {
            return new IndexOperand(name, index.length(), index.layout(), index.content());
        }
        if (operand instanceof TableOperand table) {
            return new TableOperand(name, table.length(), table.layout(), table.content());
        }
        MatrixOperand matrix = (MatrixOperand) operand;
        boolean state = part instanceof AppendProblem && matrix.role() == Role.OUTPUT;
        boolean weight = part instanceof GemmProblem && matrix.names().values().equals("b");
        return matrix.named(name, state ? Role.STATE : matrix.role(), weight ? shift(matrix.cols()) : 0)
                .with(first && name.equals("x") ? Specials.FIRST_ROW : Specials.USUAL_ROWS);
    }

    private static String name(Operand operand) {
        return operand.specs().get(0).name();
    }

    /** Minus the logarithm of the root of so many terms: a product of such weights is about as large as what it multiplies. */
    private static int shift(long terms) {
        return (int) -Math.round(Math.log(terms) / Math.log(4));
    }
}
