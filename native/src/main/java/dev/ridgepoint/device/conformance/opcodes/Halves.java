package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.TestVector;
import java.util.Arrays;
import java.util.List;

/** Arithmetic of f16, bf16 and pairs of them; what takes one operand gets every code. */
final class Halves {
    private Halves() {}

    static List<TestVector> all() {
        Group group = new Group("halves");
        halves(group, "f16", Rows.f16());
        halves(group, "bf16", Rows.bf16());
        for (String flags : List.of(".ftz", ".sat", ".ftz.sat")) {
            arithmetic(group, ".rn" + flags, "f16", Rows.f16());
        }
        fused(group, ".rn.ftz", "f16", Rows.f16());
        fused(group, ".rn.sat", "f16", Rows.f16());
        for (String op : List.of("min", "max")) {
            both(group, op + ".ftz", "f16", Rows.f16(), 2);
        }
        return group.vectors();
    }

    private static void halves(Group group, String type, Inputs rows) {
        // Sums and products of bf16 came later than their fused product.
        arithmetic(type.equals("bf16") ? group.needing(Isa.SM_90) : group, ".rn", type, rows);
        fused(group, ".rn", type, rows);
        fused(group, ".rn.relu", type, rows);
        for (String op : List.of("min", "max")) {
            both(group, op, type, rows, 2);
            both(group, op + ".NaN", type, rows, 2);
            both(group.needing(Isa.SM_86), op + ".xorsign.abs", type, rows, 2);
        }
        for (String op : List.of("abs", "neg")) {
            group.op(op + "." + type, 16, Rows.codes(16), 16);
            group.pairs(op + "." + type + "x2", Rows.pairsOfCodes(), Bound.EXACT, 32);
        }
    }

    private static void arithmetic(Group group, String flags, String type, Inputs rows) {
        for (String op : List.of("add", "sub", "mul")) {
            both(group, op + flags, type, rows, 2);
        }
    }

    private static void fused(Group group, String flags, String type, Inputs rows) {
        both(group, "fma" + flags, type, rows, 3);
    }

    /** One half, and two. */
    private static void both(Group group, String op, String type, Inputs rows, int operands) {
        Integer[] single = new Integer[operands];
        Integer[] pair = new Integer[operands];
        Arrays.fill(single, 16);
        Arrays.fill(pair, 32);
        group.op(op + "." + type, 16, rows, single);
        group.pairs(op + "." + type + "x2", Rows.paired(rows), Bound.EXACT, pair);
    }
}
