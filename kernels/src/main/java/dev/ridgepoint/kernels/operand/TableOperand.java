package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.precision.DType;
import java.nio.FloatBuffer;
import java.util.List;

/** An fp32 input that follows from the shape alone: a table of constants. */
record TableOperand(String name, long length, String layout, Content content) implements Operand {
    /** Writes the table. */
    interface Content {
        void fill(FloatBuffer target);
    }

    @Override
    public Role role() {
        return Role.INPUT;
    }

    @Override
    public List<OperandSpec> specs() {
        return List.of(new OperandSpec(name, Role.INPUT, DType.FP32, Sizes.bytes(name, DType.FP32, length), layout));
    }
}
