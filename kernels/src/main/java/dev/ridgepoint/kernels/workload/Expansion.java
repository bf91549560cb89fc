package dev.ridgepoint.kernels.workload;

import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.model.LayerOp;
import dev.ridgepoint.kernels.workload.model.LayerOp.Variant;
import dev.ridgepoint.kernels.workload.model.Model;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code model x pass x layer x precision}: the workloads of one model.
 *
 * <p>A product over tokens does not depend on the length of the cache: of passes that a query leaves and that differ in
 * nothing else, the first lists it.
 */
final class Expansion {
    private final Model model;

    Expansion(Model model) {
        this.model = model;
    }

    /** What a query leaves of the model's listed passes. */
    Stream<Workload> workloads(Query query) {
        Set<Seen> seen = new HashSet<>();
        return model.passes().stream()
                .filter(pass -> query.phase().matches(PassLabel.word(pass.phase())))
                .flatMap(pass -> model.layers(pass).stream()
                        .filter(op -> query.role().matches(op.role()))
                        .flatMap(op -> workloads(pass, op, query, seen)));
    }

    private Stream<Workload> workloads(Pass pass, LayerOp op, Query query, Set<Seen> seen) {
        Provenance provenance = provenance(pass, op);
        return op.variants().stream()
                // Cheap tests first: most variants fall here, and a name costs more than a look at its parts.
                .filter(variant -> query.op().matches(variant.problem().op())
                        && query.precision().matches(variant.problem().precisionId()))
                .map(variant -> workload(pass, op, variant, provenance))
                .filter(query::matches)
                .filter(workload -> seen.add(new Seen(pass.phase(), op.role(), workload.problem())));
    }

    /** Roles of all listed passes. */
    Stream<String> roles() {
        return model.passes().stream()
                .flatMap(pass -> model.layers(pass).stream())
                .map(LayerOp::role);
    }

    /** One pass and one layer by name, in all precisions. */
    List<Workload> of(Pass pass, String role) {
        List<LayerOp> layers = model.layers(pass);
        return layers.stream()
                .filter(op -> op.role().equals(role))
                .findFirst()
                .map(op -> op.variants().stream()
                        .map(variant -> workload(pass, op, variant, provenance(pass, op)))
                        .toList())
                .orElseThrow(() -> NearMatches.unknown(
                        "role", role, layers.stream().map(LayerOp::role).toList()));
    }

    private Workload workload(Pass pass, LayerOp op, Variant variant, Provenance provenance) {
        String id = model.name() + "/" + op.role() + "/" + pass.label() + "_" + variant.name();
        return new Workload(id, variant.problem(), provenance);
    }

    private Provenance provenance(Pass pass, LayerOp op) {
        boolean offline = pass.phase() == Phase.OFFLINE;
        return new Provenance(
                model.name(),
                model.card().cls(),
                op.role(),
                pass.phase(),
                offline || pass.phase() == Phase.TRAIN ? TaskFamily.NEUTRAL : model.family(),
                offline ? null : Long.valueOf(pass.batch()),
                offline || !pass.isUniform() ? null : Long.valueOf(pass.keys()),
                model.card().source());
    }

    /** Two workloads of a model are the same if their layer, phase and problem are. */
    private record Seen(Phase phase, String role, Problem problem) {}
}
