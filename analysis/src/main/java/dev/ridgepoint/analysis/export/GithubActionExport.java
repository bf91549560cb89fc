package dev.ridgepoint.analysis.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ridgepoint.analysis.report.RunFigures;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * What github-action-benchmark reads as {@code customSmallerIsBetter} and {@code customBiggerIsBetter}.
 *
 * <p>After its README and the types of its reader (github.com/benchmark-action/github-action-benchmark, src/extract.ts): an
 * array of objects with the texts {@code name} and {@code unit} and the number {@code value}, perhaps the texts {@code
 * range} and {@code extra}; an empty array is an error. A name is a chart, so it has no run in it; {@code extra} is shown
 * beside the point and carries the context. Its own JMH reader takes throughput for smaller-is-better and leaves out
 * parameters, which is why there are these two.
 */
final class GithubActionExport implements Exporter {
    private final String id;
    private final boolean rates;

    private GithubActionExport(String id, boolean rates) {
        this.id = id;
        this.rates = rates;
    }

    /** Times. */
    static GithubActionExport smaller() {
        return new GithubActionExport("gh-action-smaller", false);
    }

    /** Rates of the least work: operations where there are any, and bytes. */
    static GithubActionExport bigger() {
        return new GithubActionExport("gh-action-bigger", true);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<String> write(List<RunFigures> runs, Writer out) throws IOException {
        RunFigures run = Exporter.only(runs);
        try (JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter()) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartArray();
            for (RunFigures.Figure figure : run.figures()) {
                if (rates) {
                    rate(
                            json,
                            figure,
                            " [operations]",
                            "GFLOP/s",
                            figure.reading().gflops(),
                            run.provenance());
                    rate(json, figure, " [bytes]", "GB/s", figure.reading().gigabytesPerSecond(), run.provenance());
                } else {
                    entry(json, figure, figure.id(), "ns", figure.timing().steadyNs(), run.provenance());
                }
            }
            json.writeEndArray();
        }
        out.write('\n');
        return Exporter.beside(run);
    }

    /** Nothing to do is no rate: a chart of zeros would never alert. */
    private static void rate(
            JsonGenerator json, RunFigures.Figure figure, String of, String unit, double value, String provenance)
            throws IOException {
        if (value > 0) {
            entry(json, figure, figure.id() + of, unit, value, provenance);
        }
    }

    private static void entry(
            JsonGenerator json, RunFigures.Figure figure, String name, String unit, double value, String provenance)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("unit", unit);
        json.writeNumberField("value", value);
        if (!figure.plusMinus().isEmpty()) {
            json.writeStringField("range", figure.plusMinus());
        }
        json.writeStringField("extra", figure.sentence() + "\n" + provenance);
        json.writeEndObject();
    }
}
