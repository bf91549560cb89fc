package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.export.Exporter;
import dev.ridgepoint.analysis.report.RunFigures;
import dev.ridgepoint.analysis.report.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ridgepoint export}: runs in the formats of others. */
@Command(
        name = "export",
        description = "Write valid figures, with run, protocol, device, stack and status, in another tool's format.")
final class ExportCommand implements Callable<Integer>, ReadsBundles {
    /** The names, for help and completion. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Exporter.ALL.stream().map(Exporter::id).iterator();
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "BUNDLE", arity = "1..*", description = "Folder of a run; several for a series.")
    private List<Path> bundles;

    @Option(
            names = "--format",
            required = true,
            completionCandidates = Formats.class,
            description = "One of: ${COMPLETION-CANDIDATES}.")
    private String format;

    @Option(names = "--out", paramLabel = "FILE", description = "Write here instead of to standard output.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Exporter exporter = Exporter.parse(format);
        if (bundles.size() > 1 && !exporter.takesSeveral()) {
            throw UserError.refused("--format " + format + " takes one bundle, got " + bundles.size());
        }
        List<RunFigures> runs = new ArrayList<>();
        for (Path bundle : bundles) {
            runs.add(RunFigures.of(bundle));
        }
        // Rendered before the file is touched: what is refused leaves an earlier export as it was.
        StringWriter text = new StringWriter();
        List<String> beside = exporter.write(runs, text);
        PrintWriter err = spec.commandLine().getErr();
        if (file == null) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(text.toString());
            out.flush();
        } else {
            WholeFile.write(file, text.toString());
            err.println("export  " + file);
        }
        beside.forEach(line -> err.println("note    " + line));
        err.flush();
        return ExitCode.OK.status();
    }
}
