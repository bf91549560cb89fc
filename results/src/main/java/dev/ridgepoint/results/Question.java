package dev.ridgepoint.results;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Shape;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.results.json.NumberForm;

/**
 * What a case asks, free of who answers. Its canonical JSON is hashed into the case key, so that two kernels, two
 * bindings or two builds meet on one case.
 *
 * @param op one of {@link ShapeJson#OPS}
 * @param shape extents in the vocabulary of {@code ShapeJson}
 * @param precision precision or quantised format
 * @param types what that name stands for
 * @param domain timing domain: {@code cpu-call}, {@code host-sync}, {@code batched}, {@code device-event},
 *     {@code graph-replay} or {@code cold-start}
 * @param cacheState {@code warm} (one set of buffers) or {@code cold} (rotated or flushed)
 * @param inputs what the operands were filled with
 */
public record Question(
        String op,
        JsonNode shape,
        String precision,
        PrecisionTypes types,
        String domain,
        String cacheState,
        Inputs inputs) {
    /**
     * How operands were filled.
     *
     * @param distribution {@code normal}: zero mean, unit variance, before quantisation
     * @param seed seed of the generator, within +-(2^53-1) so that every JSON reader reads the same number
     * @param sha256 digest of all input bytes as uploaded, or null where they were not generated
     */
    public record Inputs(String distribution, long seed, String sha256) {
        public Inputs {
            NumberForm.of(seed);
        }
    }

    /**
     * The question of a shape and a precision by name, both brought into their plain form: aliases resolved, members
     * that are no extents or at their default left out.
     *
     * @throws IllegalArgumentException naming the field at fault
     */
    public Question(String op, JsonNode shape, String precision, String domain, String cacheState, Inputs inputs) {
        this(ShapeJson.parse(op, shape), precision, domain, cacheState, inputs);
    }

    private Question(Shape shape, String precision, String domain, String cacheState, Inputs inputs) {
        this(
                shape.op(),
                ShapeJson.write(shape),
                PrecisionTypes.name(shape, precision),
                PrecisionTypes.parse(shape, precision),
                domain,
                cacheState,
                inputs);
    }

    /** The question a problem asks, measured in this way. */
    public static Question of(Problem problem, String domain, String cacheState, Inputs inputs) {
        return new Question(problem.shape(), problem.precisionId(), domain, cacheState, inputs);
    }
}
