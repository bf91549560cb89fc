package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.jmh.JmhOptions;
import dev.ridgepoint.benchmarks.plan.Shard;
import dev.ridgepoint.kernels.workload.Workload;
import dev.ridgepoint.results.Soak;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint run}: the main job. */
@Command(
        name = "run",
        description = "Measure: verify, time in forked JVMs, and write a result bundle with its report.",
        footer = {
            "",
            "After -- come JMH options: -wi -w -i -r -jvm -jvmArgs -jvmArgsAppend -jvmArgsPrepend -prof -gc -v -to.",
            "Ctrl-C loses no finished fork: --resume FOLDER goes on."
        })
final class RunCommand implements Callable<Integer> {
    /** How {@code ab} asks the build of a side for its plan. */
    static final String PREPARE = "--prepare-side";

    private static final String WHOLE = "1/1";

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private MeasureOptions measure;

    @Mixin
    private KernelOptions kernels;

    @Option(names = "--shard", paramLabel = "I/N", defaultValue = WHOLE, description = "Run the i-th of n parts.")
    private String shard;

    @Option(
            names = "--soak",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Run the cases over and over for so long, as in 60m, and say what became of their speed: drift,"
                            + " throttling, first minutes against steady.")
    private Duration soak;

    @Option(names = "--resume", paramLabel = "FOLDER", description = "Finish a run that was cut off.")
    private Path resume;

    @Option(names = PREPARE, hidden = true, description = "Plan a side of 'ab', look at the machine, and run no fork.")
    private boolean prepare;

    @Parameters(arity = "0..*", paramLabel = "-- JMH-OPTIONS", description = "Options handed through to JMH.")
    private List<String> jmhArguments = List.of();

    @Override
    public Integer call() throws IOException {
        Measurement measurement = new Measurement(measure, spec, main.json());
        if (resume != null) {
            return measurement.resume(resume);
        }
        measure.aim().take(selection.aim());
        JmhOptions jmh = JmhOptions.parse(jmhArguments);
        List<Workload> workloads = selection.workloads(measure.backend().target());
        if (soak != null) {
            if (prepare || !shard.equals(WHOLE)) {
                throw UserError.refused(
                        "--soak: heats one machine by all cases in turn; a part of them, or a side of two,"
                                + " would be another soak");
            }
            return measurement.soak(new Soak(soak), selection.suite(), workloads, kernels, jmh);
        }
        if (prepare) {
            return measurement.prepare(selection.suite(), workloads, kernels, Shard.parse(shard), jmh);
        }
        return measurement.begin(selection.suite(), workloads, kernels, Shard.parse(shard), jmh);
    }
}
