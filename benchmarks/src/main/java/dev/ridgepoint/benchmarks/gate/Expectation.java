package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.Verifier;

/** Operands and the verifier that knows what they must give. */
public record Expectation(OperandSet operands, Verifier verifier) {}
