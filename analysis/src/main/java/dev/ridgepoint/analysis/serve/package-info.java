/**
 * From kernels to requests: the times of a model's kernels added up to a step, and steps played against arriving requests.
 * A rate from kernels alone is a {@linkplain dev.ridgepoint.analysis.serve.ComposedStep#LABEL kernel upper bound}, a latency
 * is {@linkplain dev.ridgepoint.analysis.serve.Served#LABEL simulated from measured kernels}; no server was measured.
 * {@link dev.ridgepoint.analysis.serve.StepComposer} and {@link dev.ridgepoint.analysis.serve.Server} are the ways in.
 */
package dev.ridgepoint.analysis.serve;
