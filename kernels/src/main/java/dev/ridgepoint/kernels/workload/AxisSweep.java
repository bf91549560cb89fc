package dev.ridgepoint.kernels.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shapes from ranges of extents, all combinations of them.
 *
 * <pre>
 *   sweep = op ":" axis (";" axis)*          gemm:M=1,2,4..4096x2;N=4096;K=4096;precision=bf16,fp8_e4m3
 *   axis  = field "=" value ("," value)*     a field of the shape, or precision
 *   value = number
 *         | number ".." number               from, to, doubling
 *         | number ".." number "x" factor    from, to, times a factor
 *         | number ".." number "+" step      from, to, in steps
 *         | field                            the same as that axis: Skv=Sq
 *         | word                             causal, bf16, true
 * </pre>
 */
public final class AxisSweep {
    /** More combinations than this are refused. */
    static final int MOST = 10_000;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})(?:([x+])(\\d{1,18}))?");

    private AxisSweep() {}

    /**
     * Reads a sweep.
     *
     * @throws IllegalArgumentException naming the axis, or the number of combinations if they are too many
     */
    public static List<Workload> parse(String text) {
        String[] parts = text.split(":", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException(
                    "sweep: expected op:axis=values;..., as in gemm:M=1..4096;N=4096;K=4096;precision=bf16");
        }
        Map<String, List<String>> axes = axes(parts[1]);
        if (!axes.containsKey("precision")) {
            throw new IllegalArgumentException("sweep: precision: missing; add ;precision=bf16");
        }
        checkCount(axes);
        // By id, so that overlapping ranges and aliases of a precision ask one question once.
        Map<String, Workload> workloads = new LinkedHashMap<>();
        for (Map<String, String> point : points(axes)) {
            Workload workload = workload(parts[0].strip(), point);
            workloads.putIfAbsent(workload.id(), workload);
        }
        return List.copyOf(workloads.values());
    }

    private static Map<String, List<String>> axes(String text) {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        for (String part : text.split(";", -1)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length < 2 || pair[0].isBlank() || pair[1].isBlank()) {
                throw new IllegalArgumentException("sweep: expected axis=values, got '" + part.strip() + "'");
            }
            if (axes.put(pair[0].strip(), values(pair[0].strip(), pair[1])) != null) {
                throw new IllegalArgumentException("sweep: " + pair[0].strip() + ": given twice");
            }
        }
        return axes;
    }

    private static List<String> values(String axis, String text) {
        List<String> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String value = part.strip();
            Matcher range = RANGE.matcher(value);
            if (range.matches()) {
                range(axis, range, values);
            } else if (value.isEmpty() || value.contains("..")) {
                throw new IllegalArgumentException("sweep: " + axis + ": cannot read '" + value
                        + "'; write 8, 1..4096, 1..4096x4 or 128..1024+128");
            } else {
                values.add(value);
            }
        }
        return values;
    }

    private static void range(String axis, Matcher range, List<String> values) {
        long from = Long.parseLong(range.group(1));
        long to = Long.parseLong(range.group(2));
        boolean add = "+".equals(range.group(3));
        long by = range.group(4) == null ? 2 : Long.parseLong(range.group(4));
        if (from > to || by < (add ? 1 : 2) || (!add && from == 0)) {
            throw new IllegalArgumentException("sweep: " + axis + ": '" + range.group() + "' goes nowhere");
        }
        for (long value = from; value <= to; value = add ? value + by : value * by) {
            values.add(Long.toString(value));
            if (values.size() > MOST) {
                throw new IllegalArgumentException(
                        "sweep: " + axis + ": '" + range.group() + "' has more than " + MOST + " values");
            }
            if (!add && value > to / by) {
                break;
            }
        }
    }

    private static void checkCount(Map<String, List<String>> axes) {
        double count = 1;
        for (List<String> values : axes.values()) {
            count *= values.size();
        }
        if (count > MOST) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "sweep: %.0f combinations, at most %d", count, MOST));
        }
    }

    private static List<Map<String, String>> points(Map<String, List<String>> axes) {
        List<Map<String, String>> points = List.of(Map.of());
        for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> point : points) {
                for (String value : axis.getValue()) {
                    Map<String, String> next = new LinkedHashMap<>(point);
                    next.put(axis.getKey(), value);
                    longer.add(next);
                }
            }
            points = longer;
        }
        return points;
    }

    private static Workload workload(String op, Map<String, String> point) {
        ObjectNode shape = JsonNodeFactory.instance.objectNode();
        point.forEach((axis, value) -> {
            if (!axis.equals("precision")) {
                put(shape, axis, point.getOrDefault(value, value));
            }
        });
        try {
            Problem problem = OwnShape.problem(op, shape, point.get("precision"));
            Provenance provenance = new Provenance(null, null, null, null, null, null, null, "axis sweep");
            return new Workload("sweep/" + problem.id(), problem, provenance);
        } catch (OwnShape.FieldException wrong) {
            throw new IllegalArgumentException("sweep: " + wrong.getMessage(), wrong);
        }
    }

    private static void put(ObjectNode shape, String axis, String value) {
        if (NUMBER.matcher(value).matches()) {
            shape.put(axis, Long.parseLong(value));
        } else if (value.equals("true") || value.equals("false")) {
            shape.put(axis, Boolean.parseBoolean(value));
        } else {
            shape.put(axis, value);
        }
    }
}
