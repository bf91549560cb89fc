package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.TestVector;
import java.util.List;
import java.util.function.Supplier;

/** The vectors of all instructions. */
public final class OpcodeVectors {
    private static final List<Supplier<List<TestVector>>> FAMILIES = List.of(
            FloatConversions::all,
            IntegerConversions::all,
            Integers::all,
            Bits::all,
            Comparisons::all,
            Floats::all,
            Halves::all,
            Approximations::all,
            WarpWide::all,
            MatrixProducts::all,
            MatrixMoves::all,
            WarpMatrices::all,
            Atomics::all,
            ThreadMemory::all);

    private OpcodeVectors() {}

    /** All of them, family by family; ids are unique. */
    public static List<TestVector> all() {
        return FAMILIES.stream().flatMap(family -> family.get().stream()).toList();
    }
}
