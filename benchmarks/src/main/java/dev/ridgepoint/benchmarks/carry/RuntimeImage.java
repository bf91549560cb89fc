package dev.ridgepoint.benchmarks.carry;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/** A Java runtime of just the modules Ridgepoint and its forks use. */
final class RuntimeImage {
    static final List<String> MODULES =
            List.of("java.base", "java.logging", "java.management", "jdk.jfr", "jdk.management", "jdk.unsupported");

    private RuntimeImage() {}

    /**
     * Links the runtime into a folder that is not there yet.
     *
     * @throws IOException one line: this Java cannot link, or why linking failed
     */
    static void link(Path folder) throws IOException {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IOException(
                        "this Java runtime cannot link another; run with a JDK, such as" + " openjdk-17-jdk-headless"));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        // Not compressed: the archive does that better.
        int status = jlink.run(
                out,
                out,
                "--add-modules",
                String.join(",", MODULES),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                folder.toString());
        if (status != 0) {
            throw new IOException(
                    "jlink: " + said.toString().strip().lines().findFirst().orElse("failed"));
        }
    }
}
