package dev.ridgepoint.device.cpu.gemm;

/**
 * One c[m, n] = a[m, k] * b[n, k]^T by addresses; 0 where the precision has no such operand.
 *
 * @param a activations, row-major
 * @param aScales their scales
 * @param b one weight
 * @param bScales its scales
 * @param bZeros its zero points
 * @param c the result, row-major
 */
record Product(long m, long n, long k, long a, long aScales, long b, long bScales, long bZeros, long c) {}
