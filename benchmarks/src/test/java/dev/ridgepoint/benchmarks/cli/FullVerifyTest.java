package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.benchmarks.Emulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel on every directed shape and every kind of inputs, through both bindings, on every architecture that the
 * emulated driver plays: {@code mvn verify -Pfull}.
 */
@Tag("full")
class FullVerifyTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> bindingsAndArchitectures() {
        return Stream.of("jni", "jcuda")
                .flatMap(binding -> Stream.of("80", "89", "90a", "120").map(arch -> Arguments.of(binding, arch)));
    }

    @ParameterizedTest
    @MethodSource("bindingsAndArchitectures")
    void everyKernelIsRight(String binding, String arch) throws IOException, InterruptedException {
        Emulator.require();
        List<String> verify = List.of("verify", "--driver", "emulated", "--every-distribution");
        Emulator.Ended ended = Emulator.run(
                folder,
                Main.class,
                List.of(),
                Stream.concat(verify.stream(), Stream.of("--backend", binding, "--emulated-arch", arch))
                        .toList());
        assertEquals(0, ended.status(), ended.said());
    }
}
