package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.carry.Archive;
import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint bundle}: an archive for machines without a JDK, Maven or network. */
@Command(
        name = "bundle",
        description = "Pack Ridgepoint with a Java runtime of its own into one archive, for Linux x86-64 machines that"
                + " have no JDK, Maven or network.")
final class BundleCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Archive to write, .tar.xz or .tar.gz (default: ${DEFAULT-VALUE}).",
            defaultValue = "ridgepoint-linux-x86_64.tar.xz")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Path jar = BuildInfo.location();
        if (!Files.isRegularFile(jar)) {
            throw UserError.missing("this is no jar; build one first: ./ridgepoint --version");
        }
        spec.commandLine().getErr().println("packing; .tar.xz takes a minute or two, .tar.gz is sooner and larger ...");
        try {
            Archive.write(jar, BuildInfo.current(), file);
        } catch (IllegalArgumentException name) {
            throw UserError.refused("--out: " + name.getMessage(), name);
        }
        long bytes = Files.size(file);
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            JsonOut.print(out, Map.of("file", file.toString(), "bytes", bytes));
        } else {
            out.println(file + "  " + String.format(Locale.ROOT, "%.1f MB", bytes / 1e6));
            out.println("there: tar xf " + file.getFileName() + " && ridgepoint/ridgepoint doctor");
        }
        out.flush();
        return ExitCode.OK.status();
    }
}
