package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.Snippet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One spelling of {@code mma.sync}: M x 8 += M x K times K x 8. A warp holds the matrices by the fragment layouts of the
 * PTX ISA: lane 4 g + t has, of A, rows g and g + 8, of B column g, of C and D columns 2 t and 2 t + 1.
 *
 * @param extra {@code .satfinite} or nothing
 * @param operation {@code .xor.popc} or {@code .and.popc} of single bits, else nothing
 * @param bits of an element of A and B
 * @param resultBits of an element of C and D
 */
record ProductForm(
        Isa isa,
        int rows,
        int depth,
        String extra,
        String a,
        String b,
        String result,
        String operation,
        int bits,
        int resultBits) {
    static final int COLUMNS = 8;
    static final int LANES = 32;

    /** The codes of three matrices by place. */
    interface Filling {
        long a(int row, int k);

        long b(int k, int column);

        long c(int row, int column);
    }

    String instruction() {
        return "mma.sync.aligned.m" + rows + "n8k" + depth + ".row.col" + extra + "." + result + "." + a + "." + b + "."
                + result + operation;
    }

    Snippet snippet() {
        int of = registers();
        List<Integer> widths = new ArrayList<>(Collections.nCopies(ofA() + ofB() + ofC(), of));
        String body = instruction() + " " + list("%d", 0, ofC()) + ", " + list("%a", 0, ofA()) + ", "
                + list("%a", ofA(), ofB()) + ", " + list("%a", ofA() + ofB(), ofC()) + ";";
        return Snippet.of(isa, body, of, widths).withResults(ofC());
    }

    /** A warp a filling. */
    Inputs inputs(int count, IntFunction<Filling> fillings) {
        List<Filling> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(fillings.apply(i));
        }
        return Inputs.of(
                LANES * count, (row, operand) -> register(all.get(row / LANES), row % LANES / 4, row % 4, operand));
    }

    private long register(Filling filling, int group, int thread, int operand) {
        if (operand < ofA()) {
            int blocks = rows / 8;
            int row = group + 8 * (operand % blocks);
            int from = packed() * (thread + 4 * (operand / blocks));
            return pack(packed(), bits, i -> filling.a(row, from + i));
        }
        if (operand < ofA() + ofB()) {
            int from = packed() * (thread + 4 * (operand - ofA()));
            return pack(packed(), bits, i -> filling.b(from + i, group));
        }
        int each = registers() / resultBits;
        int first = each * (operand - ofA() - ofB());
        return pack(each, resultBits, i -> filling.c(group + 8 * ((first + i) / 2), 2 * thread + (first + i) % 2));
    }

    private interface Element {
        long code(int i);
    }

    private static long pack(int count, int bits, Element of) {
        long packed = 0;
        for (int i = 0; i < count; i++) {
            packed |= (of.code(i) & -1L >>> Long.SIZE - bits) << i * bits;
        }
        return packed;
    }

    private static String list(String name, int from, int count) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ", ").append(name).append(from + i);
        }
        return text.append("}").toString();
    }

    /** Bits of a register. */
    private int registers() {
        return Math.max(32, resultBits);
    }

    private int packed() {
        return registers() / bits;
    }

    private int ofA() {
        return rows * depth / LANES / packed();
    }

    private int ofB() {
        return depth * COLUMNS / LANES / packed();
    }

    private int ofC() {
        return rows * COLUMNS / LANES * resultBits / registers();
    }
}
