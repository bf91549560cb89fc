package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.results.merge.BundleMerge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint merge}: one bundle of the parts of a run. */
@Command(
        name = "merge",
        description = "Make one bundle of the parts of a run (run --shard i/n) of one plan, machine and build.")
final class MergeCommand implements Callable<Integer>, ReadsBundles {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OUT", description = "Folder for the merged bundle.")
    private Path out;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "BUNDLE", description = "The parts.")
    private List<Path> parts;

    @Override
    public Integer call() throws IOException {
        BundleMerge.merge(parts, out);
        return RunSummary.print(out, spec.commandLine(), main.json());
    }
}
