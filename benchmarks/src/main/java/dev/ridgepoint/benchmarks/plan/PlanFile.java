package dev.ridgepoint.benchmarks.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.benchmarks.plan.Protocol.Iterations;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.Provenance;
import dev.ridgepoint.results.ForkAim;
import dev.ridgepoint.results.Soak;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.JsonText;
import dev.ridgepoint.results.json.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The plan of a run on disk, a JSON line each: first the run, then its cells and skips. A fork finds its cell here, and
 * a run that was interrupted what it had set out to do.
 */
public final class PlanFile {
    private PlanFile() {}

    /** Writes a plan; whatever kills it, there is the whole plan or none. */
    public static void write(BenchmarkPlan plan, Path file) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        try (Writer out = Files.newBufferedWriter(whole, StandardCharsets.UTF_8)) {
            line(out, head(plan));
            for (Cell cell : plan.cells()) {
                line(out, json(cell));
            }
            for (Skip skip : plan.skips()) {
                line(out, json(skip));
            }
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Reads a plan whole. */
    public static BenchmarkPlan read(Path file) throws IOException {
        List<Cell> cells = new ArrayList<>();
        List<Skip> skips = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            JsonNode head = parse(file, lines.readLine());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode json = parse(file, line);
                if (json.hasNonNull("skipped")) {
                    skips.add(skip(json));
                } else {
                    cells.add(cell(json));
                }
            }
            return new BenchmarkPlan(settings(head), protocol(head.path("protocol")), cells, skips);
        }
    }

    /** Finds one cell without reading the others as JSON: plans may be long, and every fork looks. */
    public static Cell find(Path file, String id) throws IOException {
        StringBuilder start = new StringBuilder("{\"id\":");
        JsonText.quote(start, id);
        start.append(',');
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(start.toString())) {
                    return cell(parse(file, line));
                }
            }
        }
        throw new IOException(file + ": no case '" + id + "'");
    }

    private static void line(Writer out, JsonNode json) throws IOException {
        out.write(JsonText.write(json));
        out.write('\n');
    }

    private static JsonNode parse(Path file, String line) throws IOException {
        try {
            if (line != null) {
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                return StrictJson.document(bytes, 0, bytes.length);
            }
        } catch (JsonFormatException e) {
            throw new IOException(file + ": not a plan: " + e.getMessage(), e);
        }
        throw new IOException(file + ": not a plan: empty");
    }

    private static ObjectNode head(BenchmarkPlan plan) {
        Protocol protocol = plan.protocol();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        RunSettings settings = plan.settings();
        json.set("target", target(settings.target()));
        json.put("suite", settings.suite());
        put(json, settings.domain(), settings.cache(), settings.inputs());
        settings.jmhOptions().forEach(json.putArray("jmhOptions")::add);
        ObjectNode to = json.putObject("protocol");
        to.put("name", protocol.name()).put("forks", protocol.forks()).put("threads", protocol.threads());
        put(to.putObject("warmup"), protocol.warmup());
        put(to.putObject("measurement"), protocol.measurement());
        if (protocol.aim() != null) {
            to.putObject("aim")
                    .put("of", protocol.aim().of().name())
                    .put("halfWidth", protocol.aim().halfWidth())
                    .put("mostForks", protocol.aim().mostForks());
        }
        if (protocol.soak() != null) {
            to.put("soakSeconds", protocol.soak().length().toSeconds());
        }
        return json;
    }

    private static ObjectNode target(Target target) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("backend", target.backend())
                .put("driver", target.driver())
                .put("emulator", target.emulator())
                .put("emulatedArch", target.emulatedArch())
                .put("device", target.device())
                .put("adopted", target.adopted())
                .put("tuning", target.tuning());
    }

    private static Target target(JsonNode json) {
        return new Target(
                json.path("backend").asText(),
                json.path("driver").textValue(),
                json.path("emulator").textValue(),
                json.path("emulatedArch").textValue(),
                json.path("device").textValue(),
                json.path("adopted").textValue(),
                json.path("tuning").textValue());
    }

    private static void put(ObjectNode to, TimingDomain domain, CacheState cache, Cell.Inputs inputs) {
        to.put("domain", domain.id()).put("cacheState", cache.id());
        to.put("distribution", inputs.distribution().id()).put("seed", inputs.seed());
    }

    private static RunSettings settings(JsonNode json) {
        List<String> jmhOptions = new ArrayList<>();
        json.path("jmhOptions").forEach(option -> jmhOptions.add(option.asText()));
        return new RunSettings(
                target(json.path("target")),
                json.path("suite").asText(),
                TimingDomain.parse(json.path("domain").asText()),
                CacheState.parse(json.path("cacheState").asText()),
                inputs(json),
                jmhOptions);
    }

    private static Cell.Inputs inputs(JsonNode json) {
        return new Cell.Inputs(
                Distribution.parse(json.path("distribution").asText()),
                json.path("seed").asLong());
    }

    private static void put(ObjectNode to, Iterations iterations) {
        to.put("count", iterations.count()).put("millis", iterations.millis());
    }

    private static Protocol protocol(JsonNode json) {
        return new Protocol(
                json.path("name").asText(),
                json.path("forks").asInt(),
                iterations(json.path("warmup")),
                iterations(json.path("measurement")),
                json.path("threads").asInt(),
                json.has("aim") ? aim(json.path("aim")) : null,
                json.has("soakSeconds")
                        ? new Soak(Duration.ofSeconds(json.path("soakSeconds").asLong()))
                        : null);
    }

    private static ForkAim aim(JsonNode json) {
        return new ForkAim(
                ForkAim.Of.valueOf(json.path("of").asText()),
                json.path("halfWidth").asDouble(),
                json.path("mostForks").asInt());
    }

    private static Iterations iterations(JsonNode json) {
        return new Iterations(json.path("count").asInt(), json.path("millis").asLong());
    }

    private static ObjectNode json(Cell cell) {
        ObjectNode json = row(cell.id(), cell.problem(), cell.provenance());
        json.put("kernel", cell.kernel()).put("support", cell.support());
        put(json, cell.domain(), cell.cache(), cell.inputs());
        return json;
    }

    private static ObjectNode json(Skip skip) {
        ObjectNode json = row(skip.id(), skip.problem(), skip.provenance());
        return json.put("skipped", skip.reason());
    }

    private static ObjectNode row(String id, Problem problem, Provenance provenance) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.setAll(ProblemJson.write(problem));
        json.set("provenance", ProvenanceJson.write(provenance));
        return json;
    }

    private static Cell cell(JsonNode json) {
        return new Cell(
                json.path("id").asText(),
                ProblemJson.read(json),
                ProvenanceJson.read(json.path("provenance")),
                json.path("kernel").asText(),
                json.path("support").asText(),
                TimingDomain.parse(json.path("domain").asText()),
                CacheState.parse(json.path("cacheState").asText()),
                inputs(json));
    }

    private static Skip skip(JsonNode json) {
        return new Skip(
                json.path("id").asText(),
                ProblemJson.read(json),
                ProvenanceJson.read(json.path("provenance")),
                json.path("skipped").asText());
    }
}
