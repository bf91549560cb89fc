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
 */
public record MatrixOperand(
        BufferNames names, Role role, long count, long rows, long cols, DType type, QuantFormat format, String layout)
        implements Operand {

    static MatrixOperand plain(String name, Role role, long rows, long cols, DType type, String layout) {
        return new MatrixOperand(BufferNames.of(name), role, 1, rows, cols, type, null, layout);
    }

    /** An input stored in {@code format}, or in {@code type} if that is null. */
    static MatrixOperand input(String name, long rows, long cols, DType type, QuantFormat format, String layout) {
        return new MatrixOperand(BufferNames.of(name), Role.INPUT, 1, rows, cols, type, format, layout);
    }

    /** Bytes of one matrix's codes; packed formats hold their scales among them. */
    public long codeBytes() {
        String name = names.values();
        long elements = Sizes.product(name, rows, cols);
        if (format == null) {
            return Sizes.bytes(name, type, elements);
        }
        // No format needs 64 bits an element, so what fits here cannot overflow there.
        Sizes.product(name, elements, 64);
        return format.codeBytes(rows, cols) + (format.packed() ? format.scaleBytes(rows, cols) : 0);
    }

    /** Bytes of one matrix's scales, 0 where it has none of its own. */
    public long scaleBytes() {
        return hasScales() ? groups() * format.scale().bits() / 8 : 0;
    }

    /** Bytes of one matrix's zero points, 0 for symmetric formats. */
    public long zeroBytes() {
        return hasScales() ? (groups() * format.zeroBits() + 7) / 8 : 0;
    }

    /** Bytes of one matrix's scale over all scales, 0 for formats without. */
    public long tensorScaleBytes() {
        return format == QuantFormat.NVFP4 ? DType.FP32.bits() / 8 : 0;
    }

    private boolean hasScales() {
        return format != null && !format.packed();
    }

    private long groups() {
        return format.granularity().count(rows, cols);
    }

    @Override
    public List<OperandSpec> specs() {
        List<OperandSpec> specs = new ArrayList<>();
        DType stored = format == null ? type : format.packed() ? DType.INT8 : format.element();
        add(specs, names.values(), stored, codeBytes(), layout);
        if (format != null) {
            add(specs, names.scales(), format.scale(), scaleBytes(), "by group of " + format.granularity());
            add(specs, names.zeros(), DType.INT4, zeroBytes(), "by group of " + format.granularity());
            add(specs, names.tensorScale(), DType.FP32, tensorScaleBytes(), "[1]");
        }
        return specs;
    }

    private void add(List<OperandSpec> specs, String name, DType stored, long bytes, String words) {
        if (bytes > 0) {
            specs.add(new OperandSpec(name, role, stored, Sizes.product(name, count, bytes), words));
        }
    }
}
