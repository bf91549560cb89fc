package dev.ridgepoint.kernels.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which workloads are wanted. Every field is a {@link Glob}; a workload must match all of them.
 *
 * <p>As text: {@code op=gemm,model=llama-3*|mixtral*,phase=decode,precision=bf16}. Phases are the words of
 * {@link PassLabel}; an id is {@code model/role/pass_precision}.
 */
public record Query(Glob op, Glob model, Glob role, Glob phase, Glob precision, Glob id) {
    /** Everything. */
    public static final Query ALL = new Query(Glob.ANY, Glob.ANY, Glob.ANY, Glob.ANY, Glob.ANY, Glob.ANY);

    private static final List<String> FIELDS = List.of("op", "model", "role", "phase", "precision", "id");

    /**
     * Reads {@code field=glob,field=glob}.
     *
     * @throws IllegalArgumentException naming the field that is unknown or given twice
     */
    public static Query parse(String text) {
        Map<String, Glob> globs = new LinkedHashMap<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length < 2 || pair[1].isBlank()) {
                throw new IllegalArgumentException("query: expected field=glob, got '" + part.strip() + "'");
            }
            if (!FIELDS.contains(pair[0])) {
                throw NearMatches.unknown("query", pair[0], FIELDS);
            }
            if (globs.put(pair[0], Glob.of(pair[1])) != null) {
                throw new IllegalArgumentException(
                        "query: " + pair[0] + " is given twice; write alternatives as " + pair[0] + "=a|b");
            }
        }
        return new Query(
                globs.getOrDefault("op", Glob.ANY),
                globs.getOrDefault("model", Glob.ANY),
                globs.getOrDefault("role", Glob.ANY),
                globs.getOrDefault("phase", Glob.ANY),
                globs.getOrDefault("precision", Glob.ANY),
                globs.getOrDefault("id", Glob.ANY));
    }

    public Query withOp(String glob) {
        return new Query(Glob.of(glob), model, role, phase, precision, id);
    }

    public Query withModel(String glob) {
        return new Query(op, Glob.of(glob), role, phase, precision, id);
    }

    public Query withRole(String glob) {
        return new Query(op, model, Glob.of(glob), phase, precision, id);
    }

    public Query withPhase(String glob) {
        return new Query(op, model, role, Glob.of(glob), precision, id);
    }

    public Query withPrecision(String glob) {
        return new Query(op, model, role, phase, Glob.of(glob), id);
    }

    public Query withId(String glob) {
        return new Query(op, model, role, phase, precision, Glob.of(glob));
    }

    /** Whether a workload, of the catalogue or a user's own, is wanted. */
    public boolean matches(Workload workload) {
        Provenance from = workload.provenance();
        return op.matches(workload.problem().op())
                && precision.matches(workload.problem().precisionId())
                && id.matches(workload.id())
                && model.matches(from.model())
                && role.matches(from.role())
                && phase.matches(from.phase() == null ? null : PassLabel.word(from.phase()));
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, "op", op);
        add(parts, "model", model);
        add(parts, "role", role);
        add(parts, "phase", phase);
        add(parts, "precision", precision);
        add(parts, "id", id);
        return String.join(",", parts);
    }

    private static void add(List<String> parts, String field, Glob glob) {
        if (!glob.isAny()) {
            parts.add(field + "=" + glob);
        }
    }
}
