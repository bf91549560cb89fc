package dev.ridgepoint.device.conformance;

import java.util.List;

/**
 * A few PTX instructions over one row of operands. Operands stand in registers {@code %a0}, {@code %a1} and so on,
 * results are to be left in {@code %d0} and so on; {@code %in} and {@code %out} point to the row, {@code %index} is its
 * number, {@code %lane} the thread's place in its warp. {@code %p}, {@code %h}, {@code %r} and {@code %x} with numbers
 * up to 15 are predicates and registers of 16, 32 and 64 bits to work with.
 *
 * @param isa what it asks for
 * @param functions that it calls, declared before it
 * @param declarations at its head, such as shared memory
 * @param operandBits 16, 32 or 64 for each operand
 * @param resultBits 16, 32 or 64, the same for all results
 * @param results registers {@code %d} that are stored
 * @param cells further results that the body itself stores behind those
 * @param body the instructions
 */
public record Snippet(
        Isa isa,
        String functions,
        String declarations,
        List<Integer> operandBits,
        int resultBits,
        int results,
        int cells,
        String body) {
    /** Threads of a block. */
    static final int BLOCK = 128;

    static final String ENTRY = "vector";
    private static final int OPERAND_BYTES = 8;

    /** One result from these operands. */
    public static Snippet of(Isa isa, String body, int resultBits, List<Integer> operandBits) {
        return new Snippet(isa, "", "", operandBits, resultBits, 1, 0, body);
    }

    public Snippet withResults(int count) {
        return new Snippet(isa, functions, declarations, operandBits, resultBits, count, cells, body);
    }

    public Snippet withCells(int count) {
        return new Snippet(isa, functions, declarations, operandBits, resultBits, results, count, body);
    }

    public Snippet declaring(String text) {
        return new Snippet(isa, functions, text, operandBits, resultBits, results, cells, body);
    }

    public Snippet calling(String declared) {
        return new Snippet(isa, declared, declarations, operandBits, resultBits, results, cells, body);
    }

    int operandRowBytes() {
        return OPERAND_BYTES * operandBits.size();
    }

    int resultRowBytes() {
        return (results + cells) * resultBits / 8;
    }

    /** The whole module. */
    public String ptx() {
        return header() + kernel(ENTRY);
    }

    /** What a module begins with. */
    String header() {
        return ".version " + isa.version() + "\n.target " + isa.floor() + "\n.address_size 64\n";
    }

    /** The kernel under a name of its own, so that a module may hold several. */
    String kernel(String name) {
        StringBuilder text = new StringBuilder(functions + ".visible .entry " + name
                + "(.param .u64 in, .param .u64 out)\n{\n" + declarations + "\n"
                + ".reg .pred %p<16>;\n.reg .b16 %h<16>;\n.reg .b32 %r<16>, %index, %lane, %block, %threads;\n"
                + ".reg .b64 %x<16>, %in, %out;\n");
        declare(text);
        text.append("""
                ld.param.u64 %in, [in];
                ld.param.u64 %out, [out];
                mov.u32 %index, %tid.x;
                and.b32 %lane, %index, 31;
                mov.u32 %block, %ctaid.x;
                mov.u32 %threads, %ntid.x;
                mad.lo.u32 %index, %block, %threads, %index;
                """);
        text.append("mad.wide.u32 %in, %index, ").append(operandRowBytes()).append(", %in;\n");
        text.append("mad.wide.u32 %out, %index, ").append(resultRowBytes()).append(", %out;\n");
        moves(text);
        return text.append("ret;\n}\n").toString();
    }

    private void declare(StringBuilder text) {
        for (int i = 0; i < operandBits.size(); i++) {
            text.append(".reg .b")
                    .append(operandBits.get(i))
                    .append(" %a")
                    .append(i)
                    .append(";\n");
        }
        text.append(".reg .b").append(resultBits).append(" %d<").append(results).append(">;\n");
    }

    private void moves(StringBuilder text) {
        for (int i = 0; i < operandBits.size(); i++) {
            text.append("ld.global.b" + operandBits.get(i) + " %a" + i + ", [%in+" + OPERAND_BYTES * i + "];\n");
        }
        text.append(body).append('\n');
        for (int i = 0; i < results; i++) {
            text.append("st.global.b" + resultBits + " [%out+" + i * resultBits / 8 + "], %d" + i + ";\n");
        }
    }
}
