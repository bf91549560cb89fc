package dev.ridgepoint.analysis.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ridgepoint.analysis.report.RunFigures;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Bencher Metric Format, for {@code bencher run --adapter json}.
 *
 * <p>After its reference, bencher.dev/docs/reference/bencher-metric-format: an object of benchmarks (names to 1024
 * bytes), each an object of measures (names to 64), each with a number {@code value} and perhaps {@code lower_value}
 * and {@code upper_value}. Its schema lets a measure have further members and Bencher passes over them: the context of the
 * figure is one. {@code latency} is Bencher's own measure in nanoseconds; its {@code throughput} is in operations a second,
 * which is the same figure turned over, so it is left out.
 */
final class BencherExport implements Exporter {
    private static final int MAX_NAME = 1024;

    @Override
    public String id() {
        return "bencher";
    }

    @Override
    public List<String> write(List<RunFigures> runs, Writer out) throws IOException {
        RunFigures run = Exporter.only(runs);
        try (JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter()) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            for (RunFigures.Figure figure : run.figures()) {
                json.writeObjectFieldStart(name(figure));
                latency(json, figure, run.provenance());
                measure(json, "gflops", figure.reading().gflops());
                measure(json, "gigabytes-per-second", figure.reading().gigabytesPerSecond());
                measure(json, "relative-error", figure.correctness().relFrobenius());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        out.write('\n');
        return Exporter.beside(run);
    }

    private static String name(RunFigures.Figure figure) {
        int bytes = figure.id().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NAME) {
            throw new IllegalArgumentException("case '" + figure.id().substring(0, 60) + "...': Bencher takes names of "
                    + MAX_NAME + " bytes, this one has " + bytes);
        }
        return figure.id();
    }

    private static void latency(JsonGenerator json, RunFigures.Figure figure, String provenance) throws IOException {
        json.writeObjectFieldStart("latency");
        json.writeNumberField("value", figure.timing().steadyNs());
        if (figure.timing().ciLowNs() != null) {
            json.writeNumberField("lower_value", figure.timing().ciLowNs());
            json.writeNumberField("upper_value", figure.timing().ciHighNs());
        }
        json.writeStringField("context", figure.sentence() + " | " + provenance);
        json.writeEndObject();
    }

    private static void measure(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeObjectFieldStart(name);
            json.writeNumberField("value", value);
            json.writeEndObject();
        }
    }
}
