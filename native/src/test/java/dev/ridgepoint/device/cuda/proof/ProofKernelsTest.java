package dev.ridgepoint.device.cuda.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.device.emulator.EmulatorBuild;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole kernels through JCuda and through our JNI on the emulated driver: a JVM for each binding. */
class ProofKernelsTest {
    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void everyKernelMatchesItsOracle(String binding) throws IOException, InterruptedException {
        Path ptx = EmulatorBuild.compiledKernels();
        String expected = ProofKernels.ALL.stream()
                .map(proof -> proof.name() + ": right\n")
                .collect(Collectors.joining());
        assertEquals(expected, said(binding, ptx));
    }

    private static String said(String binding, Path ptx) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dridgepoint.driver=emulated",
                "-cp",
                System.getProperty("java.class.path"),
                ProofKernels.class.getName(),
                binding,
                ptx.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
