package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.Snippet;
import dev.ridgepoint.device.conformance.TestVector;
import dev.ridgepoint.kernels.operand.CounterRandom;
import java.util.List;

/** What the lanes of a warp do together; a row is a lane, 32 rows are a warp. */
final class WarpWide {
    private static final int WARPS = 64;
    private static final int LANES = 32;

    private WarpWide() {}

    static List<TestVector> all() {
        Group group = new Group("warps");
        shuffles(group);
        votes(group);
        matches(group);
        reductions(group);
        Group later = group.needing(Isa.SM_90);
        later.text(
                "elect.sync",
                members("elect.sync %r0|%p1, %r15;\nselp.b32 %r1, 256, 0, %p1;\nor.b32 %d0, %r0, %r1;"),
                some(),
                32,
                32);
        return group.vectors();
    }

    /** Operand 0 is any value; 1 and 2 are the shuffle's own, in and out of range. */
    private static void shuffles(Group group) {
        Inputs values = Rows.random("shfl", WARPS * LANES);
        Inputs rows = Inputs.of(values.rows(), (row, operand) -> switch (operand) {
            case 0 -> values.bits(row, 0);
            // Every second warp agrees on the lane to take from.
            case 1 -> values.bits(row / LANES % 2 == 0 ? row / LANES * LANES : row, 2) & 63;
            default -> segment(row / LANES);
        });
        for (String mode : List.of("up", "down", "bfly", "idx")) {
            String body = "shfl.sync." + mode + ".b32 %d0|%p0, %a0, %a1, %a2, -1;\nselp.b32 %d1, 1, 0, %p0;";
            Snippet snippet =
                    Snippet.of(group.isa(), body, 32, List.of(32, 32, 32)).withResults(2);
            group.add("shfl.sync." + mode + ".b32", snippet, rows, Bound.EXACT);
        }
    }

    /** Segments of 32, 16, 8 and 4 lanes, with the last lane or the first as their clamp. */
    private static long segment(int warp) {
        int width = LANES >> warp % 4;
        return (long) (LANES - width) << 8 | (warp % 8 < 4 ? 31 : 0);
    }

    private static void votes(Group group) {
        for (String mode : List.of("all", "any", "uni")) {
            String body =
                    "setp.ne.u32 %p0, %a0, 0;\nvote.sync." + mode + ".pred %p1, %p0, %r15;\nselp.b32 %d0, 1, 0, %p1;";
            group.text("vote.sync." + mode + ".pred", members(body), some(), 32, 32);
        }
        String ballot = "setp.ne.u32 %p0, %a0, 0;\nvote.sync.ballot.b32 %d0, %p0, %r15;";
        group.text("vote.sync.ballot.b32", members(ballot), some(), 32, 32);
    }

    private static void matches(Group group) {
        group.text("match.any.sync.b32", members("match.any.sync.b32 %d0, %a0, %r15;"), some(), 32, 32);
        group.text(
                "match.all.sync.b32",
                members("match.all.sync.b32 %r0|%p1, %a0, %r15;\nselp.b32 %r1, 1, 0, %p1;\nxor.b32 %d0, %r0, %r1;"),
                some(),
                32,
                32);
        String wide = "mov.b64 %x0, {%a0, %a0};\nmatch.any.sync.b64 %d0, %x0, %r15;";
        group.text("match.any.sync.b64", members(wide), some(), 32, 32);
    }

    private static void reductions(Group group) {
        for (String op : List.of(
                "add.u32", "add.s32", "min.u32", "min.s32", "max.u32", "max.s32", "and.b32", "or.b32", "xor.b32")) {
            group.text("redux.sync." + op, members("redux.sync." + op + " %d0, %a0, %r15;"), values(), 32, 32);
        }
    }

    /** Runs it on the lanes of the mask in operand 1, which is %r15; the others answer nothing. */
    private static String members(String body) {
        return "mov.b32 %r15, %a1;\nmov.b32 %d0, 0;\nshl.b32 %r14, 1, %lane;\nand.b32 %r14, %r14, %r15;\n"
                + "setp.eq.u32 %p15, %r14, 0;\n@%p15 bra ABSENT;\n" + body + "\nABSENT:";
    }

    /** Few values, so that lanes agree in some warps; operand 1 is a mask that has a lane at least. */
    private static Inputs some() {
        CounterRandom random = CounterRandom.of(1, "votes");
        return Inputs.of(WARPS * LANES, (row, operand) -> {
            int warp = row / LANES;
            return operand == 1 ? mask(random, warp) : warp % 4 == 3 ? warp & 1 : random.bits(row) % (1 + warp % 4) & 3;
        });
    }

    private static Inputs values() {
        CounterRandom random = CounterRandom.of(1, "redux");
        return Inputs.of(
                WARPS * LANES,
                (row, operand) -> operand == 1 ? mask(random, row / LANES) : random.bits(row + WARPS * LANES));
    }

    private static long mask(CounterRandom random, int warp) {
        return warp % 3 == 0 ? -1 : random.bits(1_000_000 + warp) | 1L << warp % LANES;
    }
}
