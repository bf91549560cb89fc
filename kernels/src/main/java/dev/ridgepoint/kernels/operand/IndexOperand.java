package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.precision.DType;
import java.nio.IntBuffer;
import java.util.List;

/** An int32 input that says where things are: routing, offsets, block tables, trees. */
record IndexOperand(String name, long length, String layout, Content content) implements Operand {
    /** Writes the indices; whatever is random in them comes from {@code random}. */
    interface Content {
        void fill(IntBuffer target, CounterRandom random);
    }

    @Override
    public Role role() {
        return Role.INPUT;
    }

    @Override
    public List<OperandSpec> specs() {
        return List.of(new OperandSpec(name, Role.INPUT, DType.INT32, Sizes.bytes(name, DType.INT32, length), layout));
    }
}
