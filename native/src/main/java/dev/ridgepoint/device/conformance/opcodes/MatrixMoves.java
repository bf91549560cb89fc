package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.Snippet;
import dev.ridgepoint.device.conformance.TestVector;
import java.util.List;

/** ldmatrix, stmatrix and movmatrix: which lane gets which element. */
final class MatrixMoves {
    /** Four matrices of 8 rows of 16 bytes for each of four warps. */
    private static final String TILES = ".shared .align 16 .b8 tiles[2048];";

    /** Each lane stores the 16 bytes of one row; %r0 is where, the warp's tiles begin at %r2. */
    private static final String FILL = "mov.u32 %r0, %tid.x;\nand.b32 %r1, %r0, 96;\nshl.b32 %r1, %r1, 4;\n"
            + "mov.u32 %r2, tiles;\nadd.u32 %r2, %r2, %r1;\nshl.b32 %r0, %lane, 4;\nadd.u32 %r0, %r0, %r2;\n"
            + "st.shared.v4.b32 [%r0], {%a0, %a1, %a2, %a3};\nbar.warp.sync -1;\n";

    private static final List<Integer> OPERANDS = List.of(32, 32, 32, 32);

    private MatrixMoves() {}

    static List<TestVector> all() {
        Group group = new Group("matrix moves");
        for (int count : List.of(1, 2, 4)) {
            for (String trans : List.of("", ".trans")) {
                load(group, count, trans);
                store(group.needing(Isa.SM_90), count, trans);
            }
        }
        group.text(
                "movmatrix.sync.aligned.m8n8.trans.b16",
                "movmatrix.sync.aligned.m8n8.trans.b16 %d0, %a0;",
                Rows.random("movmatrix", 128),
                32);
        return group.vectors();
    }

    private static void load(Group group, int count, String trans) {
        String instruction = "ldmatrix.sync.aligned.m8n8.x" + count + trans + ".shared.b16";
        String body = FILL + instruction + " " + registers("%d", count) + ", [%r0];";
        Snippet snippet =
                Snippet.of(group.isa(), body, 32, OPERANDS).declaring(TILES).withResults(count);
        group.add(instruction, snippet, rows(), Bound.EXACT);
    }

    /** What lay there, with as many matrices stored over it; each lane then shows a row. */
    private static void store(Group group, int count, String trans) {
        String instruction = "stmatrix.sync.aligned.m8n8.x" + count + trans + ".shared.b16";
        String body = FILL + instruction + " [%r0], " + registers("%a", count)
                + ";\nbar.warp.sync -1;\nld.shared.v4.b32 {%d0, %d1, %d2, %d3}, [%r0];";
        Snippet snippet =
                Snippet.of(group.isa(), body, 32, OPERANDS).declaring(TILES).withResults(4);
        group.add(instruction, snippet, rows(), Bound.EXACT);
    }

    private static String registers(String name, int count) {
        StringBuilder list = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            list.append(i == 0 ? "" : ", ").append(name).append(i);
        }
        return list.append("}").toString();
    }

    private static Inputs rows() {
        return Rows.random("tiles", 256);
    }
}
