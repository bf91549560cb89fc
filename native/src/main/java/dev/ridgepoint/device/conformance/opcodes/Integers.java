package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.Snippet;
import dev.ridgepoint.device.conformance.TestVector;
import java.util.List;

/** Integer arithmetic. */
final class Integers {
    private static final List<String> TYPES = List.of("u16", "s16", "u32", "s32", "u64", "s64");

    private Integers() {}

    static List<TestVector> all() {
        Group group = new Group("integers");
        TYPES.forEach(type -> sums(group, type, bits(type)));
        TYPES.forEach(type -> quotients(group, type, bits(type)));
        TYPES.stream().filter(type -> bits(type) < 64).forEach(type -> wide(group, type, bits(type)));
        saturating(group);
        carries(group);
        pairs(group.needing(Isa.SM_90));
        return group.vectors();
    }

    private static int bits(String type) {
        return Integer.parseInt(type.substring(1));
    }

    private static void sums(Group group, String type, int bits) {
        Inputs rows = Rows.integers(bits);
        for (String op : List.of("add", "sub", "mul.lo", "mul.hi", "min", "max")) {
            group.op(op + "." + type, bits, rows, bits, bits);
        }
        for (String op : List.of("mad.lo", "mad.hi", "sad")) {
            group.op(op + "." + type, bits, rows, bits, bits, bits);
        }
        if (type.startsWith("s")) {
            group.op("abs." + type, bits, rows, bits);
            group.op("neg." + type, bits, rows, bits);
        }
    }

    private static void quotients(Group group, String type, int bits) {
        Inputs rows = Rows.integers(bits);
        Inputs nonzero = Inputs.of(rows.rows(), (row, operand) -> {
            long value = rows.bits(row, operand);
            return operand == 1 && value << Long.SIZE - bits == 0 ? 1 : value;
        });
        Inputs zero = Inputs.of(rows.rows(), (row, operand) -> operand == 1 ? 0 : rows.bits(row, operand));
        for (String op : List.of("div", "rem")) {
            String instruction = op + "." + type;
            group.op(instruction, bits, nonzero, bits, bits);
            Snippet byZero = Snippet.of(group.isa(), instruction + " %d0, %a0, %a1;", bits, List.of(bits, bits));
            group.add(instruction + " by zero", byZero, zero, Bound.UNSPECIFIED);
        }
    }

    private static void wide(Group group, String type, int bits) {
        Inputs rows = Rows.integers(bits);
        group.op("mul.wide." + type, 2 * bits, rows, bits, bits);
        group.op("mad.wide." + type, 2 * bits, rows, bits, bits, 2 * bits);
    }

    private static void saturating(Group group) {
        Inputs rows = Rows.integers(32);
        group.op("add.sat.s32", 32, rows, 32, 32);
        group.op("sub.sat.s32", 32, rows, 32, 32);
        group.op("mad.hi.sat.s32", 32, rows, 32, 32, 32);
        for (String type : List.of("u32", "s32")) {
            for (String half : List.of("lo", "hi")) {
                group.op("mul24." + half + "." + type, 32, rows, 32, 32);
                group.op("mad24." + half + "." + type, 32, rows, 32, 32, 32);
            }
        }
    }

    private static void carries(Group group) {
        Inputs rows = Rows.integers(64);
        carry(group, "add.cc.u32 addc.u32", "add.cc.u32 %r4, %r0, %r2;\naddc.u32 %r5, %r1, %r3;", rows);
        carry(group, "sub.cc.u32 subc.u32", "sub.cc.u32 %r4, %r0, %r2;\nsubc.u32 %r5, %r1, %r3;", rows);
        carry(
                group,
                "mad.lo.cc.u32 madc.hi.u32",
                "mad.lo.cc.u32 %r4, %r0, %r2, %r1;\nmadc.hi.u32 %r5, %r0, %r2, %r3;",
                rows);
        String high = "add.cc.u64 %x0, %a0, %a1;\naddc.u64 %d0, 0, 0;";
        group.add("add.cc.u64 addc.u64", Snippet.of(group.isa(), high, 64, List.of(64, 64)), rows, Bound.EXACT);
    }

    /** Two operands of 64 bits in halves: %r0 and %r1, %r2 and %r3; the result is %r4 and %r5. */
    private static void carry(Group group, String id, String instructions, Inputs rows) {
        String body =
                "mov.b64 {%r0, %r1}, %a0;\nmov.b64 {%r2, %r3}, %a1;\n" + instructions + "\nmov.b64 %d0, {%r4, %r5};";
        group.add(id, Snippet.of(group.isa(), body, 64, List.of(64, 64)), rows, Bound.EXACT);
    }

    private static void pairs(Group group) {
        Inputs rows = Rows.integers(32);
        for (String type : List.of("u16x2", "s16x2")) {
            for (String op : List.of("add", "min", "max")) {
                group.op(op + "." + type, 32, rows, 32, 32);
            }
        }
        for (String op : List.of("min.relu.s16x2", "max.relu.s16x2", "min.relu.s32", "max.relu.s32")) {
            group.op(op, 32, rows, 32, 32);
        }
    }
}
