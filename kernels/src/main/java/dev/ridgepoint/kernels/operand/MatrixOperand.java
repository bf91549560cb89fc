package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.QuantFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code count} matrices [rows, cols] one after another, stored plainly or quantised. Quantised ones are encoded one by
 * one; codes lie with codes, scales with scales.
 *
 * @param names the buffers' names
 * @param role who fills them
 * @param count how many: experts of a mixture, else 1
 * @param type the stored type where {@code format} is null
 * @param format how they are quantised, or null
 * @param layout extents in words
 * @param turned whether each lies column by column, [cols, rows] in memory; only plain ones do
 * @param shift values are 2^shift times those of the distribution
 * @param unstored what it may hold of NaN and infinities, whatever it is stored in
 */
public record MatrixOperand(
        BufferNames names,
        Role role,
        long count,
        long rows,
        long cols,
        DType type,
        QuantFormat format,
        String layout,
        boolean turned,
        int shift,
        Specials unstored)
        implements Operand {

    /** Row by row. */
    MatrixOperand(
            BufferNames names,
            Role role,
            long count,
            long rows,
            long cols,
            DType type,
            QuantFormat format,
            String layout) {
        this(names, role, count, rows, cols, type, format, layout, false, 0, Specials.ROWS);
    }

    /** The same under another name, filled by another, and of values that are 2^shift times as large. */
    MatrixOperand named(String name, Role filledBy, int times) {
        return new MatrixOperand(
                BufferNames.of(name), filledBy, count, rows, cols, type, format, layout, turned, times, unstored);
    }

    /** The same, holding no more than that of NaN and infinities. */
    MatrixOperand with(Specials other) {
        return new MatrixOperand(names, role, count, rows, cols, type, format, layout, turned, shift, other);
    }

    /** What it holds of NaN and infinities under a distribution that has any. */
    Specials specials() {
        return format == null ? unstored : unstored.in(format);
    }

    /** A plain input [rows, cols] that lies [cols, rows]. */
    static MatrixOperand turned(String name, long rows, long cols, DType type, String layout) {
        return new MatrixOperand(
                BufferNames.of(name), Role.INPUT, 1, rows, cols, type, null, layout, true, 0, Specials.ROWS);
    }

    static MatrixOperand output(String name, long rows, long cols, DType type, String layout) {
        return new MatrixOperand(BufferNames.of(name), Role.OUTPUT, 1, rows, cols, type, null, layout);
    }

    /** An input stored in {@code format}, or in {@code type} if that is null. */
    static MatrixOperand input(String name, long rows, long cols, DType type, QuantFormat format, String layout) {
        return new MatrixOperand(BufferNames.of(name), Role.INPUT, 1, rows, cols, type, format, layout);
    }

    /** Elements of one matrix. */
    public long elements() {
        return Sizes.product(names.values(), rows, cols);
    }

    @Override
    public List<OperandSpec> specs() {
        if (format == null) {
            long bytes = Sizes.bytes(names.values(), type, count, elements());
            return List.of(new OperandSpec(names.values(), role, type, bytes, layout));
        }
        // No format needs 64 bits an element, so what fits here cannot overflow in the format.
        Sizes.product(names.values(), count, elements(), 64);
        List<OperandSpec> specs = new ArrayList<>();
        add(specs, names.values(), format.packed() ? DType.INT8 : format.element(), format.codesLength(rows, cols));
        add(specs, names.scales(), format.scale(), format.scalesLength(rows, cols));
        add(specs, names.zeros(), format.element(), format.zerosLength(rows, cols));
        add(specs, names.tensorScale(), DType.FP32, format == QuantFormat.NVFP4 ? Float.BYTES : 0);
        return specs;
    }

    private void add(List<OperandSpec> specs, String name, DType stored, long bytesOfOne) {
        if (bytesOfOne > 0 && name != null) {
            specs.add(new OperandSpec(name, role, stored, count * bytesOfOne, layout + " in " + format));
        }
    }
}
