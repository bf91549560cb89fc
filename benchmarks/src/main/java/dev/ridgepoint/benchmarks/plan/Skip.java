package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.Provenance;

/** A case that will not run, and why: counted and reported like any other. */
public record Skip(String id, Problem problem, Provenance provenance, String reason) {}
