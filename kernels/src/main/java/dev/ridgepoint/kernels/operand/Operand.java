package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import java.util.List;

/** One argument of an operation, as the field thinks of it: a matrix, however it is stored, or a list of indices. */
public sealed interface Operand permits MatrixOperand, IndexOperand, TableOperand {
    Role role();

    /** The buffers it lies in. */
    List<OperandSpec> specs();
}
