package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.analysis.classify.ClassifierEvaluation;
import dev.ridgepoint.analysis.classify.ClassifyStream;
import dev.ridgepoint.analysis.classify.LabelledCases;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint classify}: what kind of work a shape is, or how well that is told. */
@Command(
        name = "classify",
        description = "Answer each JSON line {id, op, shape, precision, hardware, context?} with its workload class,"
                + " phase, regime, candidates and evidence, one JSON line each.")
final class ClassifyCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Source source;

    /** What to answer: one of these. */
    private static final class Source {
        @Parameters(paramLabel = "FILE|-", description = "Descriptors, a JSON object a line; - is standard input.")
        private String descriptors;

        @Option(
                names = "--evaluate",
                paramLabel = "CASES",
                description =
                        "Judge the classifier instead: development, heldout, byhand, or a file of labelled cases.")
        private String evaluate;
    }

    @Override
    public Integer call() throws IOException {
        return source.evaluate == null ? classify() : evaluate();
    }

    /** Answers go out byte for byte as they are made; JSON is their only form. */
    private int classify() throws IOException {
        OutputStream out = new CheckedOutput(System.out);
        if (source.descriptors.equals("-")) {
            return ClassifyStream.run(System.in, out);
        }
        Path file = Path.of(source.descriptors);
        if (Files.isDirectory(file)) {
            throw UserError.refused(file + ": a folder; expected a file of JSON lines");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return ClassifyStream.run(in, out);
        }
    }

    private int evaluate() throws IOException {
        ClassifierEvaluation evaluation = evaluation();
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            ObjectNode json = evaluation.toJson();
            JsonOut.print(out, json);
        } else {
            out.print(evaluation.toText());
        }
        out.flush();
        return (evaluation.keepsBounds() ? ExitCode.OK : ExitCode.CHECK_FAILED).status();
    }

    private ClassifierEvaluation evaluation() throws IOException {
        return switch (source.evaluate) {
            case "development" -> ClassifierEvaluation.onDevelopmentCases();
            case "heldout" -> ClassifierEvaluation.onHeldoutCases();
            case "byhand" -> ClassifierEvaluation.onCasesByHand();
            default -> {
                try (Reader lines = Files.newBufferedReader(Path.of(source.evaluate), StandardCharsets.UTF_8)) {
                    yield ClassifierEvaluation.of(source.evaluate, LabelledCases.read(lines));
                }
            }
        };
    }
}
