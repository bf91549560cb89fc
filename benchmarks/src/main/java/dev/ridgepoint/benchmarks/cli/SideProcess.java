package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.jmh.ForkJvm;
import dev.ridgepoint.device.cuda.CudaProperties;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans one side and looks at the machine for it, in a JVM of its own and by the side's own build: what it plans, what it
 * is built of and how it opens its device is for it to say. It leaves a bundle without forks.
 */
final class SideProcess {
    private static final List<String> PASSED_ON = List.of("java.io.tmpdir", "ridgepoint.home", CudaProperties.EMULATOR);
    private static final String ERROR = "ridgepoint: ";

    private SideProcess() {}

    /**
     * Prepares a side.
     *
     * @param words of {@code run}
     * @throws UserError in one line that names the side
     */
    static void prepare(AbSide side, List<String> words) throws IOException {
        List<String> said = new ArrayList<>();
        Process process = new ProcessBuilder(command(side, words))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
            int status = process.waitFor();
            if (status != ExitCode.OK.status()) {
                throw failed(side, status, said);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("preparing " + side.text() + " was interrupted", e);
        }
    }

    private static List<String> command(AbSide side, List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ForkJvm.flags());
        PASSED_ON.stream()
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        String classPath = side.classPath() == null ? System.getProperty("java.class.path") : side.classPath();
        command.addAll(List.of("-cp", classPath, Main.class.getName()));
        command.addAll(words);
        return command;
    }

    private static UserError failed(AbSide side, int status, List<String> said) {
        String why = said.stream()
                .filter(line -> line.startsWith(ERROR))
                .map(line -> line.substring(ERROR.length()))
                .reduce((earlier, later) -> later)
                .orElse(said.isEmpty() ? "its JVM ended with status " + status : said.get(said.size() - 1));
        String line = side.text() + ": "
                + (why.contains(RunCommand.PREPARE)
                        ? "its build is older than 'ab' and cannot prepare a side; build a newer commit"
                        : why);
        return status == ExitCode.MISSING_PREREQUISITE.status() ? UserError.missing(line) : UserError.refused(line);
    }
}
