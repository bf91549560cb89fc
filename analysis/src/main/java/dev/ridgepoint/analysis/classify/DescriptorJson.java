package dev.ridgepoint.analysis.classify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.analysis.classify.Regimes.Ceilings;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Footprint;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Shape;
import dev.ridgepoint.kernels.shape.ShapeJson;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Descriptors in the vocabulary of the labelled cases; every error names the field. */
public final class DescriptorJson {
    /** Of all operations: a field that another one reads is passed over. */
    private static final Set<String> EXTENTS = Priors.OPERATIONS.stream()
            .flatMap(op -> ShapeJson.fields(op).stream())
            .collect(Collectors.toSet());

    /** The direction of a quantiser stands in the labelled cases beside its operation, which says it. */
    private static final Set<String> HINTS = Set.of("batch", "q_tokens", "kv_len", "mask", "kv_cache", "dir");

    private DescriptorJson() {}

    /**
     * Reads one descriptor; labels and references, where present, are not looked at.
     *
     * @throws IllegalArgumentException naming the field that is missing, mistyped or out of range
     */
    public static Descriptor parse(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("line: expected an object, got " + kind(json));
        }
        JsonNode shapeJson = json.path("shape");
        Shape shape = shape(text(json, "op"), shapeJson);
        return new Descriptor(
                id(json),
                shape,
                hints(shapeJson),
                footprint(shape, json.path("precision")),
                declared(json.path("hardware")),
                reached(json.path("hardware")),
                context(json.get("context")));
    }

    /** The caller's name: a text or a whole number. */
    private static String id(JsonNode json) {
        JsonNode id = json.get("id");
        if (id == null || id.isNull()) {
            throw new IllegalArgumentException("id: missing");
        }
        if (!id.isTextual() && !id.isIntegralNumber()) {
            throw new IllegalArgumentException("id: expected a text, got " + kind(id));
        }
        return id.asText();
    }

    private static Shape shape(String op, JsonNode json) {
        if (!Priors.OPERATIONS.contains(op)) {
            throw Priors.unknown(op);
        }
        try {
            return ShapeJson.parse(op, json);
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("shape: an extent is out of range (" + overflow.getMessage() + ")");
        }
    }

    private static Hints hints(JsonNode shape) {
        List<String> unknown = new ArrayList<>();
        for (Iterator<String> names = shape.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!EXTENTS.contains(name) && !HINTS.contains(name)) {
                unknown.add(name);
            }
        }
        return new Hints(
                count(shape, "batch"),
                count(shape, "q_tokens"),
                count(shape, "kv_len"),
                optionalText(shape, "mask"),
                flag(shape, "kv_cache"),
                unknown);
    }

    /** Quantisation needs none; elsewhere the four sizes, or the name of a precision we know. */
    private static Footprint footprint(Shape shape, JsonNode precision) {
        boolean ownTypes = shape.op().endsWith("quantize");
        if (ownTypes) {
            return Footprint.uniform(DType.FP32);
        }
        if (!precision.isObject()) {
            throw new IllegalArgumentException("precision: expected an object, got " + kind(precision));
        }
        if (!precision.hasNonNull("act_bytes") && precision.hasNonNull("label")) {
            return named(precision);
        }
        return new Footprint(
                number(precision, "act_bytes"),
                number(precision, "weight_bytes"),
                precision.hasNonNull("kv_bytes") ? number(precision, "kv_bytes") : number(precision, "act_bytes"),
                number(precision, "out_bytes"));
    }

    private static Footprint named(JsonNode precision) {
        try {
            return Precision.parse(text(precision, "label")).footprint();
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("act_bytes: missing, and label: " + unknown.getMessage());
        }
    }

    private static Ceilings declared(JsonNode hardware) {
        if (!hardware.isObject()) {
            throw new IllegalArgumentException("hardware: expected an object, got " + kind(hardware));
        }
        return ceilings(hardware, "peak_tflops", "bandwidth_tbs");
    }

    private static Ceilings reached(JsonNode hardware) {
        boolean given = hardware.hasNonNull("measured_tflops") || hardware.hasNonNull("measured_tbs");
        return given ? ceilings(hardware, "measured_tflops", "measured_tbs") : null;
    }

    private static Ceilings ceilings(JsonNode hardware, String rate, String bandwidth) {
        return new Ceilings(
                positive(hardware, rate) * 1e12, positive(hardware, bandwidth) * 1e12, launchFloor(hardware));
    }

    private static double launchFloor(JsonNode hardware) {
        if (hardware.hasNonNull("launch_floor_us")) {
            double us = number(hardware, "launch_floor_us");
            if (us < 0) {
                throw new IllegalArgumentException("launch_floor_us: expected a time of 0 or more, got " + us);
            }
            return us;
        }
        return "graph".equals(optionalText(hardware, "launch")) ? Regimes.GRAPH_FLOOR_US : Regimes.STREAM_FLOOR_US;
    }

    private static Context context(JsonNode context) {
        if (context == null || context.isNull()) {
            return Context.NONE;
        }
        if (!context.isObject()) {
            throw new IllegalArgumentException("context: expected an object, got " + kind(context));
        }
        return new Context(
                optionalText(context, "model"), optionalText(context, "model_cls"), optionalText(context, "role"));
    }

    private static String text(JsonNode object, String field) {
        String text = optionalText(object, field);
        if (text == null) {
            throw new IllegalArgumentException(field + ": missing");
        }
        return text;
    }

    private static String optionalText(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + ": expected a text, got " + kind(value));
        }
        return value.asText();
    }

    private static Long count(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        boolean whole = value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong();
        if (!whole || value.asLong() < 1 || value.asLong() > 1L << 40) {
            throw new IllegalArgumentException(field + ": expected a whole number of 1 to 2^40, got " + kind(value));
        }
        return value.asLong();
    }

    /** True or false; the name of a kind of cache ({@code paged}) is as good as true. */
    private static Boolean flag(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isTextual()) {
            return !value.asText().equals("none");
        }
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(field + ": expected true, false or a text, got " + kind(value));
        }
        return value.asBoolean();
    }

    private static double positive(JsonNode object, String field) {
        double value = number(object, field);
        if (!(value > 0) || value > 1e9) {
            throw new IllegalArgumentException(field + ": expected a rate above 0 and up to 1e9, got " + value);
        }
        return value;
    }

    private static double number(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException(field + ": missing");
        }
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw new IllegalArgumentException(field + ": expected a finite number, got " + kind(value));
        }
        return value.asDouble();
    }

    /** What was found, short enough for an error line. */
    private static String kind(JsonNode value) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        String text = value.toString();
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
