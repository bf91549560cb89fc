/**
 * Whether the emulated driver computes what hardware computes: test vectors, goldens recorded on a device, and their
 * replay. A vector is a program with fixed inputs; a golden is what a device answered to it.
 */
package dev.ridgepoint.device.conformance;
