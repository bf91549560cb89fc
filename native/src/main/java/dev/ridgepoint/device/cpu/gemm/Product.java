package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.lib.QuantisedAt;

/**
 * One c[m, n] = f(a[m, k] * b[n, k]^T + bias[n]) by addresses.
 *
 * @param a activations, row-major; plain ones have codes only
 * @param b one weight
 * @param after what is done to it before it is stored
 * @param c the result, row-major
 */
record Product(long m, long n, long k, QuantisedAt a, QuantisedAt b, After after, long c) {}
