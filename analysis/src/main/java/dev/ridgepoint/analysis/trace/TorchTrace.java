package dev.ridgepoint.analysis.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's profiler as a Chrome trace ({@code export_chrome_trace}): operators ({@code cat} {@code cpu_op}) with their
 * extents, kernels ({@code cat} {@code kernel}) with {@code dur} in microseconds and the {@code External id} of the
 * operator that launched them.
 */
final class TorchTrace {
    private static final long MAX_EVENT = 1L << 20;
    /** Some 600 MB. */
    private static final int MOST_KERNELS = 10_000_000;

    private record Kernel(String name, long operator, double ns) {}

    private final Map<Long, TracedProblem> operators = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private boolean shapes;

    private TorchTrace() {}

    static TracedWorkload read(InputStream in) throws IOException {
        TorchTrace trace = new TorchTrace();
        try (JsonParser parser = StrictJson.parser(in)) {
            trace.document(parser);
        }
        Ledger ledger = new Ledger();
        for (Kernel kernel : trace.kernels) {
            ledger.add(kernel.name(), trace.operators.get(kernel.operator()), kernel.ns(), 1);
        }
        return ledger.close(
                trace.shapes
                        ? List.of("fp32 products may have run as tf32: the trace does not say.")
                        : List.of("The trace has no extents, so no problem: record it with record_shapes=True."));
    }

    private void document(JsonParser parser) throws IOException {
        StrictJson.next(parser);
        boolean events = false;
        while (StrictJson.next(parser) != JsonToken.END_OBJECT) {
            boolean here = "traceEvents".equals(parser.currentName());
            JsonToken token = StrictJson.next(parser);
            if (here && token == JsonToken.START_ARRAY) {
                events = true;
                while (StrictJson.next(parser) != JsonToken.END_ARRAY) {
                    event(StrictJson.value(parser, MAX_EVENT));
                }
            } else {
                StrictJson.value(parser, MAX_EVENT);
            }
        }
        if (!events) {
            throw new JsonFormatException("", "has no traceEvents; expected PyTorch's Chrome trace");
        }
    }

    private void event(JsonNode event) throws IOException {
        JsonNode args = event.path("args");
        String name = event.path("name").asText();
        long id = args.path("External id").asLong(-1);
        switch (event.path("cat").asText()) {
            case "cpu_op" -> {
                shapes |= args.has("Input Dims");
                TracedProblem problem = TracedOps.of(name, args);
                if (problem != null && id >= 0) {
                    operators.put(id, problem);
                }
            }
            case "kernel" -> {
                if (kernels.size() == MOST_KERNELS) {
                    throw new IOException("more than " + MOST_KERNELS + " kernel launches; profile fewer steps");
                }
                kernels.add(new Kernel(
                        names.computeIfAbsent(name, same -> same),
                        id,
                        1e3 * event.path("dur").asDouble(Double.NaN)));
            }
            default -> {
                // Copies, flows, marks and counters are no kernels.
            }
        }
    }
}
