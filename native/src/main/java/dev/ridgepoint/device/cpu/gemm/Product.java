package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.lib.QuantisedAt;

/**
 * One c[m, n] = a[m, k] * b[n, k]^T by addresses.
 *
 * @param a activations, row-major; plain ones have codes only
 * @param b one weight
 * @param c the result, row-major
 */
record Product(long m, long n, long k, QuantisedAt a, QuantisedAt b, long c) {}
