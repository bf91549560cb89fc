package dev.ridgepoint.benchmarks.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.shape.RepackProblem;
import dev.ridgepoint.kernels.shape.RepackShape;
import dev.ridgepoint.kernels.shape.Shape;
import dev.ridgepoint.kernels.shape.ShapeJson;

/** A problem as {@code {"op", "shape", "precision"}}, and back. */
public final class ProblemJson {
    private ProblemJson() {}

    /** Writes what {@link #read} reads. */
    public static ObjectNode write(Problem problem) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("op", problem.op());
        json.set("shape", ShapeJson.write(problem.shape()));
        json.put("precision", problem.precisionId());
        return json;
    }

    /**
     * Reads a problem.
     *
     * @throws IllegalArgumentException naming the field that is missing or out of range
     */
    public static Problem read(JsonNode json) {
        Shape shape = ShapeJson.parse(json.path("op").asText(), json.get("shape"));
        String precision = json.path("precision").asText();
        if (shape instanceof RepackShape repack) {
            return new RepackProblem(repack, QuantFormat.parse(precision));
        }
        if (!(shape instanceof QuantizeShape quantize)) {
            return Problem.of(shape, Precision.parse(precision));
        }
        boolean forward = quantize.direction() == Direction.QUANTIZE;
        return QuantizeProblem.of(
                quantize.direction(),
                quantize.rows(),
                quantize.cols(),
                forward ? quantize.src() : quantize.dst(),
                QuantFormat.parse(precision),
                quantize.transposed(),
                quantize.staticScale());
    }
}
