package dev.ridgepoint.results.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Samples;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock is set back in the middle of a run: times come from another clock, so nothing is lost and nothing differs. */
class ClockJumpTest {
    private static final Duration JUMP = Duration.ofHours(3);

    @TempDir
    private Path folder;

    @Test
    void aRunThatEndsBeforeItStartedIsStillARun() throws IOException {
        Path bundle = folder.resolve("run");
        List<CaseResult> cases = Samples.cases();
        try (BundleWriter writer =
                BundleWriter.create(Disk.LAZY, bundle, Samples.run(Samples.ids()), Samples.context())) {
            for (CaseResult result : cases) {
                if (result.timing() != null) {
                    for (int fork = 0; fork < Samples.QUICK.forks(); fork++) {
                        List<IterationLine> lines = jumped(SampleBundle.lines(result.id(), fork));
                        writer.fork(result.id(), fork, lines, SampleBundle.part(folder, result.id(), List.of(lines)));
                    }
                }
                writer.put(result);
            }
            writer.complete(
                    SampleBundle.jmh(folder, cases),
                    Instant.parse(Samples.ENDED).minus(JUMP).toString());
        }
        List<Finding> findings = BundleValidator.validate(bundle);
        assertEquals(1, findings.size(), findings.toString());
        assertEquals(Finding.Severity.WARNING, findings.get(0).severity(), "told, and nothing is lost for it");
        assertEquals("/ended", findings.get(0).pointer());
        BundleReader reader = BundleReader.open(bundle);
        assertTrue(reader.run().complete());
        assertTrue(Instant.parse(reader.run().ended())
                .isBefore(Instant.parse(reader.run().started())));
        List<Double> times = new ArrayList<>();
        reader.iterations(line -> times.add(line.nsPerOp()));
        List<Double> steady = new ArrayList<>();
        for (CaseResult result : cases) {
            for (int fork = 0; result.timing() != null && fork < Samples.QUICK.forks(); fork++) {
                SampleBundle.lines(result.id(), fork).forEach(line -> steady.add(line.nsPerOp()));
            }
        }
        assertEquals(steady, times);
    }

    /** Behind the third iteration it is three hours earlier. */
    private static List<IterationLine> jumped(List<IterationLine> lines) {
        return lines.stream()
                .map(line -> line.iteration() < 3
                        ? line
                        : new IterationLine(
                                line.caseId(),
                                line.fork(),
                                line.iteration(),
                                line.warmup(),
                                line.nsPerOp(),
                                line.ops(),
                                line.startEpochMicros() - JUMP.toSeconds() * 1_000_000))
                .toList();
    }
}
