/** Tuning runs: every config of a kernel verified and timed in turn, so that a record can choose among them. */
package dev.ridgepoint.benchmarks.tune;
