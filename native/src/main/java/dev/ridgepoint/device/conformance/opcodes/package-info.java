/** Test vectors for single instructions, a class a family; {@link OpcodeVectors} lists the families. */
package dev.ridgepoint.device.conformance.opcodes;
