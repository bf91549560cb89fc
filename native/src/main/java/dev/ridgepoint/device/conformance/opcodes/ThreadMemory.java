package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.Snippet;
import dev.ridgepoint.device.conformance.TestVector;
import java.util.List;

/** Memory that threads ask for while they run: {@code alloca} of their own, {@code malloc} of the heap. Where it lies is open. */
final class ThreadMemory {
    private static final String HEAP = ".extern .func (.param .b64 result) malloc(.param .b64 bytes);\n"
            + ".extern .func free(.param .b64 address);\n";

    /** %x0 becomes a size of 8 to 512 bytes, by lane. */
    private static final String SIZE =
            "and.b32 %r0, %a0, 63;\nadd.u32 %r0, %r0, 1;\nshl.b32 %r0, %r0, 3;\ncvt.u64.u32 %x0, %r0;\n";

    private ThreadMemory() {}

    static List<TestVector> all() {
        Group group = new Group("memory of threads");
        for (int align : List.of(8, 16, 128)) {
            // The first and the last word of one piece, behind it another, and what the alignment leaves of the
            // address.
            String body = SIZE + "alloca.u64 %x1, %x0, " + align + ";\nalloca.u64 %x2, 8;\nst.local.u32 [%x1], %a0;\n"
                    + "st.local.u32 [%x2+4], 7;\nadd.u64 %x3, %x1, %x0;\nst.local.u32 [%x3+-4], %a1;\n"
                    + "ld.local.u32 %d0, [%x1];\nld.local.u32 %d1, [%x3+-4];\nld.local.u32 %r1, [%x2+4];\nand.b64 %x4, %x1, "
                    + (align - 1) + ";\ncvt.u32.u64 %d2, %x4;\nadd.u32 %d2, %d2, %r1;";
            add(group, "alloca.u64, alignment " + align, body, 3);
        }
        // Nobody's stack holds all rounds at once.
        add(
                group,
                "stacksave.u64, stackrestore.u64",
                "mov.u32 %r1, 0;\nagain:\nstacksave.u64 %x1;\nalloca.u64 %x2, 4096;\n"
                        + "st.local.u32 [%x2+4092], %a0;\nadd.u32 %a0, %a0, 1;\nld.local.u32 %d0, [%x2+4092];\nstackrestore.u64 %x1;\n"
                        + "add.u32 %r1, %r1, 1;\nsetp.lt.u32 %p0, %r1, 1000;\n@%p0 bra again;",
                1);
        // What came before stacksave outlives stackrestore.
        add(
                group,
                "alloca.u64 before stacksave.u64",
                SIZE + "alloca.u64 %x1, %x0;\nst.local.u32 [%x1], %a1;\nstacksave.u64 %x2;\n"
                        + "alloca.u64 %x3, %x0;\nst.local.u32 [%x3], %a0;\nld.local.u32 %d0, [%x3];\nstackrestore.u64 %x2;\n"
                        + "ld.local.u32 %d1, [%x1];",
                2);
        // Aligned to 16 bytes, and of this thread alone: the next lane's is another.
        String body = SIZE + malloc("%x0", "%x1")
                + "st.global.u32 [%x1], %a0;\nadd.u64 %x2, %x1, %x0;\nst.global.u32 [%x2+-4], %a1;\n"
                + "cvt.u32.u64 %r1, %x1;\nshfl.sync.bfly.b32 %r2, %r1, 1, 31, -1;\nld.global.u32 %d0, [%x1];\n"
                + "ld.global.u32 %d1, [%x2+-4];\nsetp.eq.u32 %p0, %r1, %r2;\nselp.u32 %d2, 16, 0, %p0;\nand.b32 %r1, %r1, 15;\n"
                + "add.u32 %d2, %d2, %r1;\n" + free("%x1");
        add(group, "malloc, free", body, 3, HEAP);
        add(group, "free of null", "mov.u64 %x1, 0;\n" + free("%x1") + "mov.u32 %d0, %a0;", 1, HEAP);
        return group.vectors();
    }

    private static String malloc(String bytes, String to) {
        return "{ .param .b64 n; .param .b64 p;\nst.param.b64 [n], " + bytes
                + ";\ncall (p), malloc, (n);\nld.param.b64 " + to + ", [p]; }\n";
    }

    private static String free(String address) {
        return "{ .param .b64 p;\nst.param.b64 [p], " + address + ";\ncall free, (p); }\n";
    }

    private static void add(Group group, String id, String body, int results) {
        add(group, id, body, results, "");
    }

    private static void add(Group group, String id, String body, int results, String functions) {
        Inputs rows = Rows.random("memory", 256);
        Snippet snippet = Snippet.of(Isa.SM_80, body, 32, List.of(32, 32))
                .withResults(results)
                .calling(functions);
        group.add(id, snippet, rows, Bound.EXACT);
    }
}
