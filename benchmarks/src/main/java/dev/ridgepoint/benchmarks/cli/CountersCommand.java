package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.report.TextTable;
import dev.ridgepoint.benchmarks.counts.CountDifference;
import dev.ridgepoint.benchmarks.counts.CountFile;
import dev.ridgepoint.benchmarks.counts.CountSurvey;
import dev.ridgepoint.benchmarks.counts.KernelCounts;
import dev.ridgepoint.benchmarks.plan.Target;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.cuda.CudaProperties;
import dev.ridgepoint.kernels.cuda.KernelImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint counters}: what kernels do, held against what was reviewed; needs no GPU. */
@Command(
        name = "counters",
        description = "Count on the emulated driver what each CUDA kernel does for some steady problems; with --golden,"
                + " exit 1 where that differs from counts that were reviewed.")
final class CountersCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--emulated-arch",
            paramLabel = "ARCH",
            defaultValue = "90a",
            description = "What the emulated driver plays: 80, 89, 90a (the default) or 120.")
    private String arch;

    @Mixin
    private KernelOptions kernels;

    @Option(names = "--golden", paramLabel = "FILE", description = "Counts that were reviewed, to compare with.")
    private Path golden;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write these counts, for review.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        CountFile reviewed = golden == null ? null : CountFile.read(golden);
        List<KernelCounts> rows = new ArrayList<>();
        CountFile counted;
        try (Device device = open()) {
            kernels.of(device);
            CountSurvey.of(device, kernels::mean, rows::add);
            counted =
                    new CountFile(device.traits().arch(), KernelImage.compiler().orElse("none"), rows);
        }
        if (rows.isEmpty()) {
            throw UserError.refused("--kernel: none of these kernels has a counted problem");
        }
        if (out != null) {
            counted.write(out);
        }
        List<String> differences = reviewed == null ? List.of() : differences(reviewed, counted);
        print(counted, differences);
        return (differences.isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED).status();
    }

    private Device open() {
        return BackendOptions.of(
                        new Target(
                                "jni", "emulated", System.getProperty(CudaProperties.EMULATOR), arch, null, null, null),
                        1)
                .open();
    }

    /** Other PTX has other counts, so only like is compared with like. */
    private List<String> differences(CountFile reviewed, CountFile counted) {
        if (!reviewed.arch().equals(counted.arch())) {
            throw UserError.refused(golden + ": counts of " + reviewed.arch() + ", and this is " + counted.arch());
        }
        if (!reviewed.nvcc().equals(counted.nvcc())) {
            throw UserError.missing(
                    golden + ": counts of what nvcc " + reviewed.nvcc() + " made, and these kernels were made by nvcc "
                            + counted.nvcc() + "; take that one, or review counts of this one");
        }
        List<KernelCounts> meant = reviewed.rows().stream()
                .filter(row -> kernels.mean(row.kernel()))
                .toList();
        return CountDifference.of(meant, counted.rows());
    }

    private void print(CountFile counted, List<String> differences) {
        PrintWriter text = spec.commandLine().getOut();
        if (main.json()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("arch", counted.arch());
            answer.put("nvcc", counted.nvcc());
            answer.put("rows", counted.rows());
            answer.put("differences", differences);
            JsonOut.print(text, answer);
            return;
        }
        TextTable table = new TextTable(
                "kernel",
                "problem",
                ">warp instr.",
                ">sectors",
                ">filled",
                ">useful",
                ">wavefronts",
                ">mma work",
                ">barriers");
        counted.rows()
                .forEach(row -> table.row(List.of(
                        row.kernel(),
                        row.problem(),
                        count(row, "warpInstructions"),
                        count(row, "sectors"),
                        share(row.filledSectors()),
                        share(row.usefulBytes()),
                        share(row.wavefronts()),
                        share(row.matrixWork()),
                        count(row, "barriers"))));
        text.println("Counts of PTX instructions by the emulated driver as " + counted.arch() + ", no times");
        text.println(table.plain(Integer.MAX_VALUE));
        text.println("filled: bytes each block touches over those of the distinct sectors they lie in.");
        text.println("useful: least bytes of the question over those of the distinct sectors each block touches.");
        text.println("wavefronts: passes over the banks of shared memory over the fewest that its bytes need.");
        text.println("mma work: FLOPs of matrix instructions over those of the question.");
        differences.forEach(line -> text.println("differs: " + line));
        if (!differences.isEmpty()) {
            text.println(
                    differences.size() + " rows differ from " + golden + ". Where that is meant, measure the kernels"
                            + " named or review the change, and write the counts anew with --out " + golden);
        }
        text.flush();
    }

    private static String count(KernelCounts row, String column) {
        return String.format(Locale.ROOT, "%,d", row.counts().get(column));
    }

    private static String share(double ratio) {
        return Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.3f", ratio);
    }
}
