package dev.ridgepoint.analysis.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.bundle.CaseJson;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.ResultScan;
import dev.ridgepoint.results.bundle.Seal;
import dev.ridgepoint.results.json.JsonText;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Many runs of the same cases to try {@code history} with: {@code SyntheticHistory FOLDER RUNS CASES FORKS}. One run is
 * written whole; of the others only what a history reads, {@code result.json} and {@code context.json}, with the times
 * of every case moved by a seeded 1 %, and by 8 % more in every twentieth case from the middle run on.
 */
final class SyntheticHistory {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SECONDS_APART = 3600;
    private static final double NOISE = 0.01;
    private static final double STEP = 1.08;
    private static final int CHANGING = 20;

    private SyntheticHistory() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int runs = Integer.parseInt(args[1]);
        Path first = new SyntheticRun(Integer.parseInt(args[3]))
                .write(folder.resolve("run-0000"), SyntheticCases.many(Integer.parseInt(args[2])), true);
        List<ObjectNode> cases = new ArrayList<>();
        ObjectNode head = ResultScan.scan(first.resolve(Layout.RESULT), new ResultScan.Visitor() {
            @Override
            public void onCase(int index, JsonNode element, long bytes) {
                cases.add((ObjectNode) element);
            }
        });
        for (int run = 1; run < runs; run++) {
            Path bundle = Files.createDirectories(folder.resolve(String.format(Locale.ROOT, "run-%04d", run)));
            Files.copy(first.resolve(Layout.CONTEXT), bundle.resolve(Layout.CONTEXT));
            write(bundle.resolve(Layout.RESULT), head.deepCopy(), cases, run, run >= runs / 2);
        }
        System.out.println(folder);
    }

    private static void write(Path file, ObjectNode head, List<ObjectNode> cases, int run, boolean later)
            throws IOException {
        Random random = new Random(run);
        Seal seal = new Seal();
        Instant started = FIRST.plusSeconds(SECONDS_APART * run);
        head.put("runId", String.format(Locale.ROOT, "8d1e2b77-0c3a-4f5e-8b21-%012d", run));
        head.put("started", started.toString());
        head.put("ended", started.plusSeconds(SECONDS_APART / 2).toString());
        head.remove("sha256");
        String members = JsonText.write(head);
        try (Writer out = Files.newBufferedWriter(file)) {
            // Its cases stand behind the head, and its seal at the end, as a run writes them.
            out.write(members.substring(0, members.length() - 1) + ",\n\"cases\":[");
            for (int i = 0; i < cases.size(); i++) {
                double step = later && i % CHANGING == 0 ? STEP : 1;
                ObjectNode moved = moved(cases.get(i), step * Math.exp(NOISE * random.nextGaussian()));
                seal.addCase(moved.path(CaseJson.SHA256).textValue());
                out.write((i == 0 ? "\n" : ",\n") + JsonText.write(moved));
            }
            out.write("\n],\n\"files\":[],\n\"sha256\":\"" + seal.of(head) + "\"}\n");
        }
    }

    private static ObjectNode moved(ObjectNode one, double factor) {
        ObjectNode moved = one.deepCopy();
        if (moved.at("/outcome/timing").isObject()) {
            ObjectNode timing = (ObjectNode) moved.at("/outcome/timing");
            scale(timing, "steadyNs", factor);
            scale(timing, "ciLowNs", factor);
            scale(timing, "ciHighNs", factor);
            scale(timing, "bestNs", factor);
            for (JsonNode fork : (ArrayNode) timing.get("forks")) {
                scale((ObjectNode) fork, "steadyNs", factor);
            }
        }
        moved.put(CaseJson.SHA256, CaseJson.digest(moved));
        return moved;
    }

    private static void scale(ObjectNode object, String member, double factor) {
        if (object.path(member).isNumber()) {
            object.put(member, object.get(member).doubleValue() * factor);
        }
    }
}
