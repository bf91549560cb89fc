package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.MatrixOperand;
import dev.ridgepoint.kernels.operand.OperandSet;

/** An input matrix as it was drawn, before it was rounded or quantised. */
final class DrawnMatrix extends InputMatrix {
    private final OperandSet operands;
    private final String name;

    private DrawnMatrix(OperandSet operands, MatrixOperand matrix) {
        super(matrix);
        this.operands = operands;
        this.name = matrix.names().values();
    }

    static DrawnMatrix of(OperandSet operands, String name) {
        return new DrawnMatrix(operands, operands.matrix(name));
    }

    @Override
    float[] rows(long index, int first, int count) {
        float[] values = new float[count * cols()];
        operands.drawn(name, (index * rows() + first) * cols(), values);
        return values;
    }

    @Override
    double factor(long index) {
        return 1;
    }
}
