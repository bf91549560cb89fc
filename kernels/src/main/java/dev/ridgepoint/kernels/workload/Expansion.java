package dev.ridgepoint.kernels.workload;

import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.model.LayerOp;
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
        String prefix = prefix(pass, op);
        Provenance provenance = provenance(pass, op);
        return op.variants().stream()
                .filter(variant -> query.op().matches(variant.problem().op())
                        && query.precision().matches(variant.problem().precisionId())
                        && query.id().matches(prefix + variant.name()))
                .filter(variant -> seen.add(new Seen(pass.phase(), op.role(), variant.problem())))
                .map(variant -> new Workload(prefix + variant.name(), variant.problem(), provenance));
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
                .map(op -> workloads(pass, op, Query.ALL, new HashSet<>()).toList())
                .orElseThrow(() -> NearMatches.unknown(
                        "role", role, layers.stream().map(LayerOp::role).toList()));
    }

    /** All of an id but its precision: {@code model/role/pass_}. */
    private String prefix(Pass pass, LayerOp op) {
        return model.name() + "/" + op.role() + "/" + pass.label() + "_";
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
