package dev.ridgepoint.results.bundle;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.RunDocument.Plan;
import dev.ridgepoint.results.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A run in a process of its own that says what is safe as it goes, for {@link KillTest} to kill. */
public final class KilledRun {
    static final int CASES = 60;

    private KilledRun() {}

    public static void main(String[] args) throws IOException {
        Path bundle = Path.of(args[0]);
        boolean begun = Files.exists(bundle.resolve(Layout.RESULT));
        try (BundleWriter writer = begun
                ? BundleWriter.resume(bundle, Samples.context(), "2026-11-21T10:01:00Z")
                : BundleWriter.create(
                        bundle,
                        Samples.run("3f0c6a52-6d0b-4c0e-9a57-0d6f6a6f7b11", plan(), Samples.QUICK),
                        Samples.context())) {
            Path parts = SampleBundle.beside(bundle);
            StringBuilder jmh = new StringBuilder("[");
            for (int i = 0; i < CASES; i++) {
                jmh.append(i == 0 ? "" : ",\n").append(oneCase(writer, i, parts));
            }
            Path merged = Files.writeString(parts.resolve("jmh.json"), jmh.append("]\n"));
            writer.complete(merged, Samples.ENDED);
            System.out.println("complete");
        } catch (BundleException refused) {
            System.out.println("refused: " + refused.getMessage());
        }
    }

    static Plan plan() {
        List<String> ids = IntStream.range(0, CASES).mapToObj(KilledRun::id).toList();
        return Plan.of(ids, CASES, 1, 1);
    }

    private static String oneCase(BundleWriter writer, int i, Path parts) throws IOException {
        double ns = 1000 + i;
        List<List<IterationLine>> forks = new ArrayList<>();
        for (int fork = 0; fork < Samples.QUICK.forks(); fork++) {
            List<IterationLine> lines = Samples.lines(id(i), fork, ns, Samples.QUICK);
            forks.add(lines);
            if (!writer.finishedForks().getOrDefault(id(i), Set.of()).contains(fork)) {
                writer.fork(id(i), fork, lines, SampleBundle.part(parts, id(i), List.of(lines)));
                System.out.println("fork " + id(i) + " " + fork);
            }
        }
        if (!writer.recordedCases().contains(id(i))) {
            GemmProblem problem = new GemmProblem(GemmShape.of(i + 1, 64, 64), Precision.FP32);
            writer.put(Samples.measured(id(i), problem, ns, null, Samples.QUICK));
            System.out.println("case " + id(i));
        }
        return Samples.jmhEntry(id(i), forks);
    }

    static String id(int i) {
        return "square/m" + (i + 1) + "@cpu-call/warm";
    }
}
