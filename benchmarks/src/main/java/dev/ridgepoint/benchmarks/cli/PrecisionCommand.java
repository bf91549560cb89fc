package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.tensor.MadeTensor;
import dev.ridgepoint.analysis.tensor.NpyTensor;
import dev.ridgepoint.analysis.tensor.StorageFormat;
import dev.ridgepoint.analysis.tensor.Tensor;
import dev.ridgepoint.analysis.tensor.TensorJson;
import dev.ridgepoint.analysis.tensor.TensorStudy;
import dev.ridgepoint.analysis.tensor.TensorText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint precision}: what storing a tensor in fewer bits does to it. */
@Command(
        name = "precision",
        description = "Say what each storage format does to a tensor: your own, or made-up ones side by side.")
final class PrecisionCommand implements Callable<Integer> {
    private static final int MADE = 4096;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--tensor",
            paramLabel = "FILE",
            description = "A .npy file of fp32 or fp16 in C order, of any size; its last axis is the columns.")
    private Path file;

    @Option(
            names = "--format",
            split = ",",
            paramLabel = "FORMAT",
            description = "Formats, such as fp8_e4m3:1x128,int4_g128,bf16 (default: all).")
    private List<String> formats;

    @Option(
            names = "--distribution",
            split = ",",
            paramLabel = "NAME",
            description = "Made-up tensors: normal, heavy-tailed, outlier-channels, activation-like.")
    private List<String> distributions = List.of();

    @Option(names = "--seed", defaultValue = "42", description = "Seed of made-up tensors (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--rows", paramLabel = "N", description = "Rows of made-up tensors (default: 256).")
    private Integer rows;

    @Option(
            names = "--cols",
            paramLabel = "N",
            description = "Columns of made-up tensors (default: " + MADE + "), or to read the file with.")
    private Integer cols;

    @Option(
            names = "--dump",
            paramLabel = "DIR",
            description = "Write codes and scales of the one tensor as .npy files.")
    private Path dump;

    @Override
    public Integer call() throws IOException {
        List<StorageFormat> wanted = formats == null
                ? StorageFormat.all()
                : formats.stream().map(StorageFormat::parse).distinct().toList();
        List<Tensor> tensors = tensors();
        if (dump != null && tensors.size() > 1) {
            throw UserError.refused("--dump: takes one tensor, got " + tensors.size());
        }
        List<TensorStudy> studies = new ArrayList<>();
        for (Tensor tensor : tensors) {
            studies.add(TensorStudy.of(tensor, wanted, dump));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            TensorJson.write(studies, out);
        } else {
            out.print(TensorText.render(studies));
        }
        out.flush();
        if (dump != null) {
            spec.commandLine().getErr().println("dump    " + dump);
        }
        return ExitCode.OK.status();
    }

    private List<Tensor> tensors() throws IOException {
        positive("--rows", rows);
        positive("--cols", cols);
        if (file == null && distributions.isEmpty()) {
            throw UserError.refused("name a file with --tensor, or made-up tensors with --distribution "
                    + String.join(",", MadeTensor.NAMES));
        }
        List<Tensor> tensors = new ArrayList<>();
        if (file != null) {
            tensors.add(NpyTensor.open(file, cols == null ? 0 : cols));
        }
        for (String name : distributions) {
            tensors.add(MadeTensor.of(name, seed, rows == null ? 256 : rows, cols == null ? MADE : cols));
        }
        return tensors;
    }

    private static void positive(String option, Integer value) {
        if (value != null && value < 1) {
            throw UserError.refused(option + ": expected at least 1, got " + value);
        }
    }
}
