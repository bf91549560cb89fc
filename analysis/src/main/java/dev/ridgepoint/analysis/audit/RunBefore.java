package dev.ridgepoint.analysis.audit;

import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The run that a run says came before it, looked for among the folders beside.
 *
 * @param runId null where none is named
 * @param folder null where it does not lie there
 * @param seal {@code fits}, {@code differs}, or {@code unknown} where no seal is named or the run is not there
 */
public record RunBefore(String runId, Path folder, String seal) {
    static final String DIFFERS = "differs";

    static RunBefore of(Path bundle, RunDocument run) throws IOException {
        if (run.previousRunId() == null) {
            return new RunBefore(null, null, "unknown");
        }
        for (Path sibling : siblings(bundle)) {
            try {
                BundleReader reader = BundleReader.open(sibling);
                if (reader.run().runId().equals(run.previousRunId())) {
                    String seal = run.previousSha256() == null
                            ? "unknown"
                            : run.previousSha256().equals(reader.sha256()) ? "fits" : DIFFERS;
                    return new RunBefore(run.previousRunId(), sibling, seal);
                }
            } catch (IOException noBundle) {
                // Other things may lie beside runs.
            }
        }
        return new RunBefore(run.previousRunId(), null, "unknown");
    }

    private static List<Path> siblings(Path bundle) throws IOException {
        Path parent = bundle.toRealPath().getParent();
        if (parent == null) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve("result.json")))
                    .sorted()
                    .toList();
        }
    }

    /** In a sentence. */
    public String sentence() {
        if (runId == null) {
            return "The run before: none is named.";
        }
        String name = "The run before: " + Names.oneLine(runId);
        if (folder == null) {
            return name + ", not in a folder beside this one, so not looked at.";
        }
        return name + " in " + Names.oneLine(folder.toString()) + ", "
                + switch (seal) {
                    case "fits" -> "sealed as named here.";
                    case DIFFERS -> "sealed otherwise than named here: it was changed since.";
                    default -> "named by its id alone.";
                };
    }
}
