package dev.ridgepoint.kernels.workload;

import dev.ridgepoint.kernels.shape.Problem;

/**
 * A problem with the reason it is worth asking.
 *
 * @param id {@code llama-3-8b/up/decode_b1_kv2048_bf16}: unique, stable, usable in a filter
 * @param kernels ids of the kernels that are asked, a vendor's among them; usually all
 */
public record Workload(String id, Problem problem, Provenance provenance, Glob kernels) {

    /** Asked of every kernel. */
    public Workload(String id, Problem problem, Provenance provenance) {
        this(id, problem, provenance, Glob.ANY);
    }

    /** The same asked of these kernels alone. */
    public Workload of(Glob others) {
        return new Workload(id, problem, provenance, others);
    }
}
