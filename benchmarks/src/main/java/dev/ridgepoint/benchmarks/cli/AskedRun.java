package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.plan.ProblemJson;
import dev.ridgepoint.kernels.workload.ShapesWriter;
import dev.ridgepoint.kernels.workload.Workload;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Question;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.Soak;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What a bundle measured, to be asked again: the words of its {@code run} (of merged parts those that all of them share), and of
 * own shapes its cases. The file those were in
 * may be gone, changed, or named from another folder; the bundle has every question that was asked.
 */
final class AskedRun {
    private static final String SHAPES = "--shapes";
    private static final String SHARD = "--shard";

    private AskedRun() {}

    /**
     * The words that ask a bundle's cases again.
     *
     * @param folder where a file of its own shapes is written, under the name it had
     * @throws UserError in one line, where this build cannot ask it again
     */
    static RunArguments of(Path bundle, Path folder) throws IOException {
        BundleReader reader = BundleReader.open(bundle);
        RunDocument run = reader.run();
        if (Soak.in(run.protocol().id()).isPresent()) {
            throw UserError.refused(
                    bundle + ": is a soak, and a few fresh forks confirm nothing about an hour; soak again");
        }
        RunArguments asked = run.mergedFrom().isEmpty()
                ? words(bundle, run.argv())
                : words(bundle, run.mergedFrom().get(0).argv()).without(Set.of(SHARD));
        Optional<String> shapes = asked.value(SHAPES);
        if (shapes.isPresent()) {
            Path name = Path.of(shapes.get()).getFileName();
            // A part of them has its own cases alone, and they are all of what is asked again.
            asked = asked.changed(
                    Set.of(SHAPES, SHARD),
                    SHAPES,
                    write(reader, folder.resolve(name)).toString());
        }
        asked.lostFile().ifPresent(file -> {
            throw UserError.refused(bundle + ": was measured with " + file
                    + ", and from this folder there is no such file: stand where it was started, or put the file here");
        });
        return asked;
    }

    private static RunArguments words(Path bundle, List<String> words) {
        try {
            ParseResult parsed = Main.commandLine().parseArgs(words.toArray(String[]::new));
            if (parsed.hasSubcommand() && parsed.subcommand().commandSpec().userObject() instanceof RunCommand) {
                return RunArguments.of(parsed.subcommand(), words);
            }
        } catch (ParameterException older) {
            // Words of a build that knew other options; said below.
        }
        throw UserError.refused(bundle + ": was not measured by a 'run' that this build can ask again: "
                + String.join(" ", words) + "; use 'ab'");
    }

    private static Path write(BundleReader bundle, Path file) throws IOException {
        Map<String, Workload> asked = new LinkedHashMap<>();
        bundle.cases(one -> {
            String id = workloadId(one);
            asked.put(id, new Workload(id, ProblemJson.read(Records.toJson(one.question())), one.provenance()));
        });
        Files.createDirectories(file.getParent());
        return Files.writeString(
                file, ShapesWriter.write(List.copyOf(asked.values())).toPrettyString() + "\n");
    }

    /** A case is named by its workload, domain and cache state, and by its kernel where several answer. */
    private static String workloadId(CaseResult one) {
        Question question = one.question();
        int end = one.id().lastIndexOf(":" + question.domain() + ":" + question.cacheState());
        return end < 0 ? one.id() : one.id().substring(0, end);
    }
}
