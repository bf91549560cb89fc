package dev.ridgepoint.results.bundle;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.RunDocument.Plan;
import dev.ridgepoint.results.Samples;
import dev.ridgepoint.results.Samples.Rounds;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Makes bundles as large as one likes, and times what reads them: {@code BigBundle FOLDER CASES}. */
public final class BigBundle {
    static final Rounds FULL = new Rounds(5, 5, 5);

    private BigBundle() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int cases = Integer.parseInt(args[1]);
        if (!Files.exists(folder)) {
            time("write", () -> write(folder, cases));
        }
        time("validate", () -> System.out.println(BundleValidator.validate(folder)));
        time("read", () -> {
            int[] seen = new int[2];
            BundleReader reader = BundleReader.open(folder);
            reader.cases(c -> seen[0]++);
            reader.iterations(line -> seen[1]++);
            System.out.println(seen[0] + " cases, " + seen[1] + " iterations");
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void time(String name, Step step) throws IOException {
        long start = System.nanoTime();
        step.run();
        System.out.printf("%s: %.2f s%n", name, (System.nanoTime() - start) / 1e9);
    }

    static void write(Path folder, int cases) throws IOException {
        Path part = folder.resolveSibling("." + folder.getFileName() + ".part.json");
        Path merged = folder.resolveSibling("." + folder.getFileName() + ".jmh.json");
        List<String> ids = IntStream.range(0, cases).mapToObj(BigBundle::id).toList();
        Plan plan = Plan.of(ids, cases, 1, 1);
        String runId = "5f0c6a52-6d0b-4c0e-9a57-0d6f6a6f7b22";
        try (BundleWriter writer =
                        BundleWriter.create(Disk.LAZY, folder, Samples.run(runId, plan, FULL), Samples.context());
                BufferedWriter jmh = Files.newBufferedWriter(merged)) {
            for (int i = 0; i < cases; i++) {
                double ns = 1e4 + 37.0 * i;
                List<List<IterationLine>> forks = new ArrayList<>();
                for (int fork = 0; fork < FULL.forks(); fork++) {
                    List<IterationLine> lines = Samples.lines(ids.get(i), fork, ns, FULL);
                    forks.add(lines);
                    Files.writeString(part, "[" + Samples.jmhEntry(ids.get(i), List.of(lines)) + "]");
                    writer.fork(ids.get(i), fork, lines, part);
                }
                jmh.write((i == 0 ? "[" : ",\n") + Samples.jmhEntry(ids.get(i), forks));
                writer.put(result(i, ns));
            }
            jmh.write("]\n");
            jmh.flush();
            writer.complete(merged, Samples.ENDED);
        } finally {
            Files.deleteIfExists(part);
            Files.deleteIfExists(merged);
        }
    }

    private static String id(int i) {
        return "llama-3-8b/up/decode_b" + (i + 1) + "_kv2048_bf16@cpu-call/warm";
    }

    private static CaseResult result(int i, double ns) {
        GemmProblem problem = new GemmProblem(GemmShape.of(i + 1, 14336, 4096), Precision.BF16);
        return Samples.measured(id(i), problem, ns, Samples.provenance(), FULL);
    }
}
