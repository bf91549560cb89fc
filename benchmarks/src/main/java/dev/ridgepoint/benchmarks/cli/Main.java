package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.device.digest.OpenSslSha256;
import dev.ridgepoint.results.bundle.FirstReading;
import dev.ridgepoint.results.json.LargeDigest;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code ridgepoint} command. */
@Command(
        name = "ridgepoint",
        description = "Measures attention, GEMM and quantisation kernels and says which side of the ridge point"
                + " a workload lives on.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        footer = {
            "",
            "Exit codes: 0 ok, 1 regression or failed check, 2 invalid or refused input,",
            "3 missing prerequisite, 4 inconclusive under --strict."
        })
public final class Main {
    /** In the order in which the help lists them. */
    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            ListCommand.class,
            VerifyCommand.class,
            AdoptCommand.class,
            TuneCommand.class,
            CountersCommand.class,
            ConformanceCommand.class,
            ClassifyCommand.class,
            ValidateCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            AbCommand.class,
            ConfirmCommand.class,
            BisectCommand.class,
            HistoryCommand.class,
            BaselineCommand.class,
            CalibrateCommand.class,
            TargetsCommand.class,
            DecideCommand.class,
            ExportCommand.class,
            AuditCommand.class,
            PrecisionCommand.class,
            ImportTraceCommand.class,
            DoctorCommand.class,
            LaunchCommand.class,
            CiteCommand.class,
            MergeCommand.class,
            BundleCommand.class,
            CompletionCommand.class);

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print the answer as JSON on standard output; everything else goes to standard error.")
    private boolean json;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    private boolean debug;

    public static void main(String[] args) {
        System.exit(delivered(executed(args)));
    }

    /** What is too large for this heap is an error of the user's input or of its limits, and one line too. */
    private static int executed(String... args) {
        try {
            List<Class<?>> asked = asked(args);
            if (asked.size() == 1 && ReadsBundles.class.isAssignableFrom(asked.get(0))) {
                FirstReading.prepare();
            }
            return commandLine(asked).execute(args);
        } catch (OutOfMemoryError tooLarge) {
            System.err.println(
                    "ridgepoint: out of memory (" + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB): an input is too large; RIDGEPOINT_JAVA_OPTS=-Xmx8g gives more");
            return ExitCode.REFUSED.status();
        }
    }

    /** A print stream goes on for nothing where a disk is full; whoever reads the status must not take half an answer for one. */
    private static int delivered(int status) {
        boolean told = status == ExitCode.REFUSED.status();
        if (told || !System.out.checkError()) {
            return status;
        }
        System.err.println("ridgepoint: standard output: closed or full before the last answer was written");
        return status == ExitCode.OK.status() ? ExitCode.REFUSED.status() : status;
    }

    /** The command that stands first alone, for making all of them takes a quarter of a second; else all. */
    private static List<Class<?>> asked(String... args) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> args.length > 0
                        && command.getAnnotation(Command.class).name().equals(args[0]))
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }

    /** The whole command, ready to execute; tests give it writers of their own. */
    static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    private static CommandLine commandLine(List<Class<?>> commands) {
        LargeDigest.by(OpenSslSha256::create);
        CommandLine commandLine = new CommandLine(new Main());
        commands.forEach(commandLine::addSubcommand);
        commandLine.setParameterExceptionHandler(ErrorLine::ofParameters);
        commandLine.setExecutionExceptionHandler(ErrorLine::ofExecution);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        return commandLine;
    }

    boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }
}
