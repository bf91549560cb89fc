package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.Snippet;
import dev.ridgepoint.device.conformance.TestVector;
import dev.ridgepoint.kernels.precision.DType;
import java.util.List;

/**
 * What atomics compute, each thread on a cell of its own, in global and in shared memory, and what is left where the lanes
 * of a warp meet at one cell. The answer is the old value, and behind it the new one.
 */
final class Atomics {
    private static final List<String> BITWISE = List.of("and", "or", "xor", "exch");

    private Atomics() {}

    static List<TestVector> all() {
        Group group = new Group("atomics");
        for (int bits : List.of(32, 64)) {
            Inputs rows = Rows.integers(bits);
            BITWISE.forEach(op -> both(group, op + ".b" + bits, bits, rows, Bound.EXACT));
            for (String op : List.of("min.u", "min.s", "max.u", "max.s", "add.u")) {
                both(group, op + bits, bits, rows, Bound.EXACT);
            }
            swaps(group, bits, rows);
        }
        swaps(group, 16, Rows.integers(16));
        both(group, "add.s32", 32, Rows.integers(32), Bound.EXACT);
        both(group, "inc.u32", 32, Rows.integers(32), Bound.EXACT);
        both(group, "dec.u32", 32, Rows.integers(32), Bound.EXACT);
        both(group, "add.f32", 32, Rows.f32(), Bound.EXACT);
        both(group, "add.f64", 64, Rows.f64(), Bound.anyNan(DType.FP64));
        both(group, "add.noftz.f16", 16, Rows.f16(), Bound.EXACT);
        both(group.needing(Isa.SM_90), "add.noftz.bf16", 16, Rows.bf16(), Bound.EXACT);
        both(group, "add.noftz.f16x2", 32, Rows.paired(Rows.f16()), Bound.EXACT);
        both(group.needing(Isa.SM_90), "add.noftz.bf16x2", 32, Rows.paired(Rows.bf16()), Bound.EXACT);
        for (String op : List.of("add.u32", "min.s32", "max.u32", "and.b32", "or.b32", "xor.b32")) {
            meeting(group, op);
        }
        return group.vectors();
    }

    /** In global memory, where the cell lies behind the row's result, and in shared memory. */
    private static void both(Group group, String op, int bits, Inputs rows, Bound bound) {
        add(group, op, bits, "%a1", rows, bound, List.of(bits, bits));
    }

    private static void swaps(Group group, int bits, Inputs rows) {
        // Every second row finds what it compares with.
        Inputs found =
                Inputs.of(rows.rows(), (row, operand) -> rows.bits(row, operand == 1 && row % 2 == 0 ? 0 : operand));
        add(group, "cas.b" + bits, bits, "%a1, %a2", found, Bound.EXACT, List.of(bits, bits, bits));
    }

    private static void add(
            Group group, String op, int bits, String operands, Inputs rows, Bound bound, List<Integer> widths) {
        int bytes = bits / 8;
        String global = "st.global.b" + bits + " [%out+" + bytes + "], %a0;\natom.global." + op + " %d0, [%out+" + bytes
                + "], " + operands + ";";
        group.add(
                "atom.global." + op,
                Snippet.of(group.isa(), global, bits, widths).withCells(1),
                rows,
                bound);
        String shared = "mov.u32 %r0, %tid.x;\nshl.b32 %r0, %r0, 3;\nmov.u32 %r1, cells;\nadd.u32 %r0, %r0, %r1;\n"
                + "st.shared.b" + bits + " [%r0], %a0;\natom.shared." + op + " %d0, [%r0], " + operands + ";\n"
                + "ld.shared.b" + bits + " %d1, [%r0];";
        group.add(
                "atom.shared." + op,
                Snippet.of(group.isa(), shared, bits, widths)
                        .declaring(".shared .align 8 .b64 cells[128];")
                        .withResults(2),
                rows,
                bound);
    }

    /** All lanes of a warp on one cell of shared memory; the order is open and the sum is not. */
    private static void meeting(Group group, String op) {
        String body = "mov.u32 %r0, %tid.x;\nshr.u32 %r0, %r0, 5;\nshl.b32 %r0, %r0, 2;\nmov.u32 %r1, cells;\n"
                + "add.u32 %r0, %r0, %r1;\nsetp.eq.u32 %p0, %lane, 0;\n@%p0 st.shared.b32 [%r0], %a1;\n"
                + "bar.warp.sync -1;\nred.shared." + op + " [%r0], %a0;\nbar.warp.sync -1;\nld.shared.b32"
                + " %d0, [%r0];";
        group.add(
                "red.shared." + op + ", lanes of a warp",
                Snippet.of(group.isa(), body, 32, List.of(32, 32)).declaring(".shared .align 4 .b32 cells[4];"),
                Rows.random("meeting", 64 * 32),
                Bound.EXACT);
    }
}
