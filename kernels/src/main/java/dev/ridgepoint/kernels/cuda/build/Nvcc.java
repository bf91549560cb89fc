package dev.ridgepoint.kernels.cuda.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** NVIDIA's compiler as a process. */
final class Nvcc {
    /** Flags of every kernel; a warning is an error. */
    static final List<String> FLAGS =
            List.of("-fatbin", "--no-compress", "-O3", "-std=c++17", "-Werror", "all-warnings", "-Xptxas", "-v");

    private static final Pattern RELEASE = Pattern.compile("release (\\d+)\\.(\\d+), V(\\S+)");
    private static final int OLDEST = 1208;

    private final Path program;
    private String version;

    private Nvcc(Path program) {
        this.program = program;
    }

    /** The compiler of {@code CUDA_HOME}, of the path or of the toolkit's usual place, in this order. */
    static Optional<Nvcc> find(Map<String, String> environment) {
        Stream<Path> home = Stream.ofNullable(environment.get("CUDA_HOME")).map(h -> Path.of(h, "bin"));
        Stream<Path> path = Stream.of(environment.getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
        return Stream.of(home, path, Stream.of(Path.of("/usr/local/cuda/bin")))
                .flatMap(folders -> folders)
                .map(folder -> folder.resolve("nvcc"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Nvcc::new);
    }

    /** Which compiler this is, without starting it: file, size and time of change. */
    String fingerprint() throws IOException {
        Path file = program.toRealPath();
        return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
    }

    /**
     * The compiler's version, {@code 13.0.88}.
     *
     * @throws BuildException if it is too old for what we compile
     */
    synchronized String version() throws IOException, InterruptedException, BuildException {
        if (version == null) {
            Output output = run(List.of("--version"));
            Matcher matcher = RELEASE.matcher(output.text());
            if (output.status() != 0 || !matcher.find()) {
                throw new BuildException(program + " --version failed:\n" + output.text());
            }
            if (100 * Integer.parseInt(matcher.group(1)) + Integer.parseInt(matcher.group(2)) < OLDEST) {
                throw new BuildException(
                        program + " is version " + matcher.group(3)
                                + "; CUDA kernels need 12.8 or newer: update it, or take it off the PATH to build without them");
            }
            version = matcher.group(3);
        }
        return version;
    }

    /** Compiles a kernel and returns what ptxas said of it. */
    String compile(KernelSource source, List<String> targets, Path fatbin, Path dependencies)
            throws IOException, InterruptedException, BuildException {
        List<String> arguments = new ArrayList<>(FLAGS);
        arguments.addAll(targets);
        // Relative names, so that what is compiled does not depend on where the checkout lies.
        arguments.addAll(List.of("-I", ".", "-MD", "-MF", dependencies.toString(), "-o", fatbin.toString()));
        arguments.add(source.root().relativize(source.file()).toString());
        Output output = run(arguments, source.root());
        if (output.status() != 0) {
            throw new BuildException(
                    source.file() + ": nvcc failed\n" + output.text().strip());
        }
        return output.text();
    }

    private Output run(List<String> arguments) throws IOException, InterruptedException {
        return run(arguments, Path.of("."));
    }

    private Output run(List<String> arguments, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
    }

    private record Output(int status, String text) {}
}
