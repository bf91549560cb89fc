package dev.ridgepoint.benchmarks.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs the command as a user would, in this JVM or in one of its own. */
final class Cli {
    /** What a command printed and answered. */
    record Answer(int status, String out, String err) {
        /** Standard error without its end: what must be one line. */
        String error() {
            return err.strip();
        }
    }

    private Cli() {}

    /** Runs it here. */
    static Answer run(String... arguments) {
        return run(Main.commandLine(), arguments);
    }

    /** Runs it on a command line that was made before, which saves most of the time where there are thousands. */
    static Answer run(CommandLine made, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = made.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int status = command.execute(arguments);
        return new Answer(status, out.toString(), err.toString());
    }

    /** Starts it in a JVM of its own, its words going to a file. */
    static Process start(Path log, List<String> jvmFlags, String... arguments) throws IOException {
        return start(log, System.getProperty("java.class.path"), jvmFlags, arguments);
    }

    /** The same by another build. */
    static Process start(Path log, Path jar, List<String> jvmFlags, String... arguments) throws IOException {
        return start(log, jar.toString(), jvmFlags, arguments);
    }

    private static Process start(Path log, String classPath, List<String> jvmFlags, String... arguments)
            throws IOException {
        // A build in the background of a script hands down an ignored Ctrl-C, and a JVM keeps to that.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Brief.JVM);
        // As the launcher does: newer JVMs warn on standard error of native code nobody allowed.
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(jvmFlags);
        // Its own lock on the machine, so that builds beside this one do not matter.
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.addAll(List.of("-cp", classPath, Main.class.getName()));
        command.addAll(List.of(arguments));
        File to = log.toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(to)
                .start();
    }
}
