/** Counters of hardware, by NVIDIA's profiler, held against those of the emulated driver. */
package dev.ridgepoint.device.conformance.counters;
