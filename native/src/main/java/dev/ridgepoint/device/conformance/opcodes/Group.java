package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.PtxVector;
import dev.ridgepoint.device.conformance.Snippet;
import dev.ridgepoint.device.conformance.TestVector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Collects the vectors of a group. */
final class Group {
    private final String name;
    private final Isa isa;
    private final List<TestVector> vectors;

    private Group(String name, Isa isa, List<TestVector> vectors) {
        this.name = name;
        this.isa = isa;
        this.vectors = vectors;
    }

    Group(String name) {
        this(name, Isa.SM_80, new ArrayList<>());
    }

    /** The same group, for instructions that ask for more. */
    Group needing(Isa more) {
        return new Group(name, more, vectors);
    }

    /** An instruction of registers alone, exact. */
    void op(String instruction, int resultBits, Inputs inputs, Integer... operandBits) {
        op(instruction, resultBits, inputs, Bound.EXACT, operandBits);
    }

    /** An instruction of registers alone. */
    void op(String instruction, int resultBits, Inputs inputs, Bound bound, Integer... operandBits) {
        String body = instruction + " %d0, " + operands(operandBits.length) + ";";
        add(instruction, Snippet.of(isa, body, resultBits, List.of(operandBits)), inputs, bound);
    }

    /** The same on pairs of halves, of which each is compared. */
    void pairs(String instruction, Inputs inputs, Bound bound, Integer... operandBits) {
        String body = instruction + " %d0, " + operands(operandBits.length) + ";";
        Snippet snippet = Snippet.of(isa, body, 32, List.of(operandBits));
        vectors.add(new PtxVector(instruction, name, snippet, inputs, bound, 2));
    }

    /** An instruction whose result is a predicate. */
    void test(String instruction, Inputs inputs, Integer... operandBits) {
        String body = instruction + " %p0, " + operands(operandBits.length) + ";\nselp.b32 %d0, 1, 0, %p0;";
        add(instruction, Snippet.of(isa, body, 32, List.of(operandBits)), inputs, Bound.EXACT);
    }

    /** Instructions with one result of 32 bits. */
    void text(String id, String body, Inputs inputs, Integer... operandBits) {
        add(id, Snippet.of(isa, body, 32, List.of(operandBits)), inputs, Bound.EXACT);
    }

    void add(String id, Snippet snippet, Inputs inputs, Bound bound) {
        vectors.add(new PtxVector(id, name, snippet, inputs, bound));
    }

    Isa isa() {
        return isa;
    }

    List<TestVector> vectors() {
        return List.copyOf(vectors);
    }

    private static String operands(int count) {
        return IntStream.range(0, count).mapToObj(i -> "%a" + i).collect(Collectors.joining(", "));
    }
}
