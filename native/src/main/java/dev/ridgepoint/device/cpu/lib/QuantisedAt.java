package dev.ridgepoint.device.cpu.lib;

/** Addresses of a quantised matrix's buffers, 0 where the format has no such buffer. */
public record QuantisedAt(long codes, long scales, long zeros, long tensorScale) {}
