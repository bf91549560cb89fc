package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.targets.TargetStudy;
import dev.ridgepoint.analysis.targets.TargetsJson;
import dev.ridgepoint.analysis.targets.TargetsText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint targets}: how a run on an H100 or H200 stands to what the project is after. */
@Command(
        name = "targets",
        description =
                "Hold a run on an H100 or H200 against the performance targets: ratios with intervals, gates, goals."
                        + " 'run --suite targets' measures what kernels can be asked.")
final class TargetsCommand implements Callable<Integer>, ReadsBundles {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "BUNDLE", description = "Folder of a run.")
    private Path bundle;

    @Option(names = "--gate", description = "Exit with 1 where not every gate was met.")
    private boolean gate;

    @Option(names = "--strict", description = "Exit with 4 where no gate was missed and not every one was answered.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        TargetStudy study = TargetStudy.of(bundle);
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            TargetsJson.write(study, out);
        } else {
            out.print(TargetsText.render(study));
        }
        out.flush();
        return exit(study).status();
    }

    private ExitCode exit(TargetStudy study) {
        if (gate && study.missed()) {
            return ExitCode.CHECK_FAILED;
        }
        if (strict && !study.missed() && !study.passed()) {
            return ExitCode.INCONCLUSIVE;
        }
        return gate && !study.passed() ? ExitCode.CHECK_FAILED : ExitCode.OK;
    }
}
