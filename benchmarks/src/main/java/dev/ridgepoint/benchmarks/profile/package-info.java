/** Looking inside: one launch of a case under a profiler, after all timing. */
package dev.ridgepoint.benchmarks.profile;
