/**
 * A profiler's trace as a workload: which of its GPU time goes into problems that can be asked here, and which does not.
 * {@link dev.ridgepoint.analysis.trace.TraceFile} is the way in.
 */
package dev.ridgepoint.analysis.trace;
