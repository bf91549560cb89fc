package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the top, in a checkout of stand-ins: programs named java, mvn and uname that tell what they were asked. */
class LauncherTest {
    @TempDir
    private Path home;

    private Path jar;

    @BeforeEach
    void checkout() throws IOException {
        Path script = Path.of("..", "ridgepoint").toAbsolutePath().normalize();
        Files.copy(script, home.resolve("ridgepoint"));
        Files.setPosixFilePermissions(home.resolve("ridgepoint"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("kernels/src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.writeString(home.resolve("kernels/src/main/A.java"), "class A {}");
        jar = home.resolve("benchmarks/target/benchmarks.jar");
        program("uname", "case $1 in -s) echo ${OS:-Linux};; -m) echo ${ARCH:-x86_64};; esac");
        program(
                "java",
                "case $1 in -XshowSettings*) echo \"    java.specification.version = ${JAVA:-17}\" >&2;;"
                        + " *) echo \"java $*\";; esac");
        program(
                "mvn",
                "mkdir -p benchmarks/target; echo built >benchmarks/target/benchmarks.jar; echo \"mvn $*\" >>asked");
    }

    @Test
    void buildsOnFirstUseAndSaysSo() throws Exception {
        Said said = launch(Map.of(), "run", "--suite", "smoke");
        assertEquals(0, said.status, said.text);
        assertTrue(said.text.contains("building"), said.text);
        assertTrue(said.text.contains("-jar " + jar + " run --suite smoke"), said.text);
        assertTrue(said.text.contains("--enable-native-access=ALL-UNNAMED"), said.text);
        assertEquals(1, builds());
    }

    @Test
    void buildsAgainOnlyWhenSourcesAreNewer() throws Exception {
        launch(Map.of(), "list");
        assertTrue(!launch(Map.of(), "list").text.contains("building"));
        assertEquals(1, builds());
        Files.setLastModifiedTime(
                home.resolve("kernels/src/main/A.java"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertTrue(launch(Map.of(), "list").text.contains("building"));
        assertEquals(2, builds());
    }

    @Test
    void cudaIsBuiltWhenFirstNamed() throws Exception {
        Assumptions.assumeFalse(Files.exists(Path.of("/dev/nvidiactl")), "this machine has a GPU, so CUDA never waits");
        assertTrue(launch(Map.of(), "list").text.contains("built when a command first names them"));
        assertTrue(asked().endsWith("-Dridgepoint.cuda.later=true package"), asked());
        assertTrue(!launch(Map.of(), "verify", "--backend", "cpu").text.contains("building"));
        Said named = launch(Map.of(), "verify", "--backend", "jni", "--driver=emulated");
        assertTrue(named.text.contains("building") && !named.text.contains("first names them"), named.text);
        assertTrue(asked().endsWith("-Dridgepoint.cuda.later=false package"), asked());
        assertTrue(!launch(Map.of(), "verify", "--driver", "emulated").text.contains("building"));
        assertEquals(2, builds());
    }

    private String asked() throws IOException {
        List<String> asked = Files.readAllLines(home.resolve("asked"));
        return asked.get(asked.size() - 1);
    }

    @Test
    void newerJdksAreToldMore() throws Exception {
        assertTrue(launch(Map.of("JAVA", "25"), "list").text.contains("--sun-misc-unsafe-memory-access=allow"));
        assertTrue(!launch(Map.of("JAVA", "17"), "list").text.contains("--sun-misc-unsafe-memory-access"));
    }

    /** The JDK is asked only where the file that it brings does not say. */
    @Test
    void whatAJdkSaysInItsFileIsNotAsked() throws Exception {
        Path release = home.resolve("release");
        Files.writeString(release, "IMPLEMENTOR=\"Debian\"\nJAVA_VERSION=\"25.0.1\"\n");
        assertTrue(launch(Map.of("JAVA", "11"), "list").text.contains("--sun-misc-unsafe-memory-access=allow"));
        Files.writeString(release, "JAVA_VERSION=\"1.8.0_432\"\n");
        refused("is Java 8", Map.of());
        Files.writeString(release, "JAVA_VERSION=\"unknown\"\n");
        assertTrue(launch(Map.of("JAVA", "25"), "list").text.contains("--sun-misc-unsafe-memory-access=allow"));
    }

    @Test
    void onlyCommandsThatMeasureNothingRunWithoutTheOptimisingCompiler() throws Exception {
        String flag = "-XX:TieredStopAtLevel=1";
        assertTrue(launch(Map.of(), "--json", "validate", "a").text.contains(flag));
        assertTrue(launch(Map.of(), "compare", "a", "b").text.contains(flag));
        assertTrue(launch(Map.of(), "export", "a", "--format", "csv").text.contains(flag));
        assertTrue(!launch(Map.of(), "run", "--out", "report").text.contains(flag));
        assertTrue(!launch(Map.of(), "doctor").text.contains(flag));
    }

    @Test
    void onlyAComparisonIsCollectedByMoreThanOneThread() throws Exception {
        String flag = "-XX:+UseParallelGC";
        assertTrue(launch(Map.of(), "compare", "a", "b").text.contains(flag));
        assertTrue(!launch(Map.of(), "compare", "a", "b").text.contains("UseSerialGC"));
        assertTrue(!launch(Map.of(), "validate", "a").text.contains(flag));
        assertTrue(!launch(Map.of(), "history", "a").text.contains(flag));
        assertTrue(!launch(Map.of(), "run", "--out", "compare").text.contains(flag));
    }

    @Test
    void refusesInOneLineWhatCannotWork() throws Exception {
        refused("Linux x86-64", Map.of("OS", "Darwin"));
        refused("Linux x86-64", Map.of("ARCH", "aarch64"));
        refused("17 or newer", Map.of("JAVA", "11"));
        program("mvn", "echo 'no such module' >&2; exit 1");
        Said failed = launch(Map.of(), "run");
        assertEquals(3, failed.status);
        assertTrue(failed.text.contains("no such module"), failed.text);
    }

    private void refused(String hint, Map<String, String> environment) throws Exception {
        Said said = launch(environment, "run");
        assertEquals(3, said.status, said.text);
        assertEquals(1, said.text.strip().lines().count(), said.text);
        assertTrue(said.text.contains(hint), said.text);
    }

    private record Said(int status, String text) {}

    private Said launch(Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(home.resolve("ridgepoint").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Said(process.exitValue(), text);
    }

    private long builds() throws IOException {
        return Files.readAllLines(home.resolve("asked")).size();
    }

    private void program(String name, String body) throws IOException {
        Path file = Files.writeString(home.resolve("bin").resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
