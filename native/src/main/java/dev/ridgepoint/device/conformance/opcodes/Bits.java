package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Snippet;
import dev.ridgepoint.device.conformance.TestVector;
import java.util.List;

/** Logic, shifts, fields of bits, permutations of bytes and their dot products. */
final class Bits {
    private Bits() {}

    static List<TestVector> all() {
        Group group = new Group("bits");
        for (int bits : List.of(16, 32, 64)) {
            logic(group, bits);
        }
        for (int bits : List.of(32, 64)) {
            fields(group, bits);
        }
        tables(group);
        funnels(group);
        bytes(group);
        words(group);
        return group.vectors();
    }

    private static void logic(Group group, int bits) {
        Inputs rows = Rows.integers(bits);
        for (String op : List.of("and", "or", "xor")) {
            group.op(op + ".b" + bits, bits, rows, bits, bits);
        }
        group.op("not.b" + bits, bits, rows, bits);
        group.op("cnot.b" + bits, bits, rows, bits);
        for (String op : List.of("shl.b", "shr.u", "shr.s")) {
            group.op(op + bits, bits, rows, bits, 32);
        }
    }

    private static void fields(Group group, int bits) {
        Inputs rows = Rows.integers(bits);
        group.op("bfe.u" + bits, bits, rows, bits, 32, 32);
        group.op("bfe.s" + bits, bits, rows, bits, 32, 32);
        group.op("bfi.b" + bits, bits, rows, bits, bits, 32, 32);
        group.op("brev.b" + bits, bits, rows, bits);
        for (String op : List.of("popc.b", "clz.b", "bfind.u", "bfind.s", "bfind.shiftamt.u", "bfind.shiftamt.s")) {
            group.op(op + bits, 32, rows, bits);
        }
    }

    /** Every table of lop3 on one row that has all eight combinations of bits, and seeded rows beside it. */
    private static void tables(Group group) {
        StringBuilder body = new StringBuilder();
        for (int table = 0; table < 256; table++) {
            body.append("lop3.b32 %d" + table + ", %a0, %a1, %a2, " + table + ";\n");
        }
        Inputs rows = Inputs.of(1, (row, operand) -> new long[] {0xf0f0f0f0L, 0xccccccccL, 0xaaaaaaaaL}[operand])
                .then(Rows.random("lop3", 31));
        Snippet snippet = Snippet.of(group.isa(), body.toString(), 32, List.of(32, 32, 32))
                .withResults(256);
        group.add("lop3.b32, every table", snippet, rows, Bound.EXACT);
    }

    private static void funnels(Group group) {
        for (String op : List.of("shf.l.clamp", "shf.l.wrap", "shf.r.clamp", "shf.r.wrap")) {
            group.op(op + ".b32", 32, Rows.integers(32), 32, 32, 32);
        }
    }

    private static void bytes(Group group) {
        Inputs rows = Rows.integers(32);
        group.op("prmt.b32", 32, rows, 32, 32, 32);
        for (String mode : List.of("f4e", "b4e", "rc8", "ecl", "ecr", "rc16")) {
            group.op("prmt.b32." + mode, 32, rows, 32, 32, 32);
        }
        for (String a : List.of("u32", "s32")) {
            for (String b : List.of("u32", "s32")) {
                group.op("dp4a." + a + "." + b, 32, rows, 32, 32, 32);
                group.op("dp2a.lo." + a + "." + b, 32, rows, 32, 32, 32);
                group.op("dp2a.hi." + a + "." + b, 32, rows, 32, 32, 32);
            }
        }
    }

    private static void words(Group group) {
        Inputs rows = Rows.integers(32);
        group.op("fns.b32", 32, nth(), 32, 32, 32);
        group.op("bmsk.clamp.b32", 32, rows, 32, 32);
        group.op("bmsk.wrap.b32", 32, rows, 32, 32);
        for (String type : List.of("u32", "s32")) {
            group.op("szext.clamp." + type, 32, rows, 32, 32);
            group.op("szext.wrap." + type, 32, rows, 32, 32);
        }
    }

    /** A mask, a bit to start from, and how many set bits to go up or down. */
    private static Inputs nth() {
        Inputs masks = Rows.random("fns", 4000);
        return Inputs.of(masks.rows(), (row, operand) -> switch (operand) {
            case 0 -> masks.bits(row, 0);
            case 1 -> masks.bits(row, 2) & 31;
            default -> (masks.bits(row, 3) & 15) - 8;
        });
    }
}
