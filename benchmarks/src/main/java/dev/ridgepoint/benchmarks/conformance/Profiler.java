package dev.ridgepoint.benchmarks.conformance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.benchmarks.jmh.ForkJvm;
import dev.ridgepoint.benchmarks.record.Folders;
import dev.ridgepoint.device.conformance.counters.Counter;
import dev.ridgepoint.device.conformance.counters.KernelCounters;
import dev.ridgepoint.device.conformance.counters.KernelCounters.Launched;
import dev.ridgepoint.device.conformance.counters.NcuCsv;
import dev.ridgepoint.device.conformance.counters.ProfilerException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs a process of ours under Nsight Compute and reads what it counted. */
public final class Profiler {
    private static final JsonMapper JSON = new JsonMapper();
    /** Its command. */
    public static final String NCU = "ncu";

    private Profiler() {}

    /** Whether the profiler is on the PATH. */
    public static boolean isThere() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(folder, NCU)));
    }

    /**
     * Counts what the launches of a command do.
     *
     * @param main the class whose command launches, and lists what it launched in the file named last
     * @param arguments of the command, but for that file
     * @throws ProfilerException in one line, if the profiler did not count
     */
    public static List<KernelCounters> count(Class<?> main, List<String> arguments) throws IOException {
        Path folder = Files.createTempDirectory("ncu");
        try {
            Path list = folder.resolve("launched.ndjson");
            Path csv = folder.resolve("ncu.csv");
            Path said = folder.resolve("said.txt");
            int status = run(command(csv, main, arguments, list), said);
            String text = Files.exists(csv) ? Files.readString(csv) : Files.readString(said);
            List<NcuCsv.Launch> launches = NcuCsv.parse(text);
            if (status != 0) {
                throw new ProfilerException("ncu ended with " + status + ": "
                        + Files.readString(said)
                                .strip()
                                .lines()
                                .reduce((a, b) -> b)
                                .orElse("it said nothing"));
            }
            List<Launched> launched = new ArrayList<>();
            for (String line : Files.readAllLines(list)) {
                launched.add(JSON.readValue(line, Launched.class));
            }
            return KernelCounters.of(launches, launched);
        } finally {
            Folders.delete(folder);
        }
    }

    private static List<String> command(Path csv, Class<?> main, List<String> arguments, Path list) {
        List<String> command = new ArrayList<>(List.of(NCU, "--log-file", csv.toString(), "--csv", "--page", "raw"));
        // Clocks stay as they are: counts do not depend on them, and no setting of a device is ever changed.
        command.addAll(List.of("--print-units", "base", "--clock-control", "none", "--metrics", Counter.metrics()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ForkJvm.flags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        command.add(list.toString());
        return command;
    }

    private static int run(List<String> command, Path said) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Ends the profiler and what it has started, which would go on without it. */
    public static void end(Process profiler) {
        // It goes first: what it waits for has not ended on its own, and it must not go on as if it had.
        List<ProcessHandle> started = profiler.descendants().toList();
        profiler.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
