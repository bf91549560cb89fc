package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint validate}: is this bundle whole, and does it agree with itself. */
@Command(name = "validate", description = "Recompute a bundle's digests and check it against its schema and itself.")
final class ValidateCommand implements Callable<Integer>, ReadsBundles {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "BUNDLE", description = "Folder of a run.")
    private Path bundle;

    @Override
    public Integer call() {
        List<Finding> findings = BundleValidator.validate(bundle);
        boolean valid = findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("bundle", bundle.toString());
            answer.put("valid", valid);
            answer.put("findings", findings);
            JsonOut.print(out, answer);
        } else {
            findings.forEach(finding -> out.println(finding));
            out.println(bundle + (valid ? ": valid" : ": NOT valid"));
        }
        out.flush();
        return (valid ? ExitCode.OK : ExitCode.REFUSED).status();
    }
}
