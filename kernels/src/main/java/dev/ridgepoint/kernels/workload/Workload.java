package dev.ridgepoint.kernels.workload;

import dev.ridgepoint.kernels.shape.Problem;

/**
 * A problem with the reason it is worth asking.
 *
 * @param id {@code llama-3-8b/up/decode_b1_kv2048_bf16}: unique, stable, usable in a filter
 */
public record Workload(String id, Problem problem, Provenance provenance) {}
