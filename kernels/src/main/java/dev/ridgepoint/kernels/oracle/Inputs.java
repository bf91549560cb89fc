package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import java.nio.IntBuffer;

/** The inputs of an oracle: the operands as stored, or the numbers they were made from. */
final class Inputs {
    private final OperandSet operands;
    private final boolean drawn;

    private Inputs(OperandSet operands, boolean drawn) {
        this.operands = operands;
        this.drawn = drawn;
    }

    /** What the kernel gets: the numbers that the stored bytes stand for. */
    static Inputs stored(OperandSet operands) {
        return new Inputs(operands, false);
    }

    /** What the kernel would get if nothing were rounded: the fp32 numbers that were drawn. */
    static Inputs drawn(OperandSet operands) {
        return new Inputs(operands, true);
    }

    InputMatrix matrix(String name) {
        return drawn ? DrawnMatrix.of(operands, name) : DecodedMatrix.of(operands, name);
    }

    IntBuffer indices(String name) {
        return operands.input(name).asIntBuffer();
    }
}
