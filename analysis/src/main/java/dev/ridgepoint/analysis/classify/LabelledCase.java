package dev.ridgepoint.analysis.classify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.TaskFamily;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.EnumSet;
import java.util.Set;

/**
 * A descriptor with its true labels.
 *
 * @param descriptor what the classifier sees, context included
 * @param workloadClass true headline class
 * @param phase true phase
 * @param taskFamily true family
 * @param regime regime by the reference's own arithmetic
 * @param acceptable regimes near enough to a boundary to be accepted
 * @param identifiable what it takes to tell: {@code shape}, {@code hints} or {@code context}
 * @param hard kind of difficulty, or null
 * @param family model family, for leaving one out
 * @param reference independent figures of work, or null where the case has none
 */
public record LabelledCase(
        Descriptor descriptor,
        WorkloadClass workloadClass,
        Phase phase,
        TaskFamily taskFamily,
        Regime regime,
        Set<Regime> acceptable,
        String identifiable,
        String hard,
        String family,
        Reference reference) {

    /** Work computed by whoever labelled the case. */
    public record Reference(double flops, double bytes) {}

    /** Whether shape and hints alone settle the class. */
    public boolean identifiableBlind() {
        return !identifiable.equals("context");
    }

    static LabelledCase parse(JsonNode json) {
        JsonNode labels = json.path("labels");
        Set<Regime> acceptable = EnumSet.noneOf(Regime.class);
        labels.path("regime_acceptable")
                .forEach(regime -> acceptable.add(named(Regime.class, "regime_acceptable", regime)));
        JsonNode reference = json.path("reference");
        return new LabelledCase(
                DescriptorJson.parse(json),
                named(WorkloadClass.class, "workload_class", labels.path("workload_class")),
                named(Phase.class, "phase", labels.path("phase")),
                named(TaskFamily.class, "task_family", labels.path("task_family")),
                named(Regime.class, "regime", labels.path("regime")),
                acceptable,
                json.path("identifiable").asText(),
                json.path("hard").asText(null),
                json.path("context").path("family").asText(null),
                reference.isObject()
                        ? new Reference(
                                reference.path("flops").asDouble(),
                                reference.path("bytes").asDouble())
                        : null);
    }

    private static <E extends Enum<E>> E named(Class<E> type, String field, JsonNode label) {
        for (E value : type.getEnumConstants()) {
            if (value.name().equals(label.asText())) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "labels." + field + ": " + (label.isMissingNode() ? "missing" : "unknown '" + label.asText() + "'"));
    }
}
