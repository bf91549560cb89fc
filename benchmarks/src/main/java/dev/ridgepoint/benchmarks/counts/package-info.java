/**
 * What kernels do, counted by the emulated driver: the same on every machine and in every run, so that a change of a
 * kernel's work shows without a GPU. Counts of PTX, not of hardware, and no times.
 */
package dev.ridgepoint.benchmarks.counts;
