package dev.ridgepoint.kernels.cuda.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.cuda.CudaKernel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build's bookkeeping, over a compiler that writes an empty fatbin and counts its calls. */
class KernelBuildTest {
    private static final String COMPILER = """
            #!/bin/bash
            if [ "$1" = --version ]; then echo "release VERSION, V13.0.88"; exit 0; fi
            echo "$*" >> "$(dirname "$0")/calls"
            while [ $# -gt 1 ]; do
                if [ "$1" = -MF ]; then rule=$2; fi
                if [ "$1" = -o ]; then out=$2; fi
                shift
            done
            if grep -q syntax "$1"; then echo "$1(1): error: no such thing"; exit 2; fi
            printf '\\x50\\xed\\x55\\xba\\x01\\x00\\x10\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00' > "$out"
            printf '%s : %s \\\\\\n  shared.cuh \\\\\\n  /usr/include/features.h\\n' "$out" "$1" > "$rule"
            """;

    @TempDir
    private Path folder;

    private Path sources;

    @BeforeEach
    void writeSources() throws IOException {
        sources = Files.createDirectories(folder.resolve("src"));
        Files.createDirectories(sources.resolve("op"));
        Files.writeString(sources.resolve("shared.cuh"), "one");
        Files.writeString(sources.resolve("op/sm80_fp32_a.cu"), "a");
        Files.writeString(sources.resolve("op/sm89_fp32_b.cu"), "b");
        compiler("13.0");
    }

    @Test
    void compilesOnceAndThenOnlyWhatChanged() throws Exception {
        build();
        assertEquals(2, calls().size());
        assertTrue(Files.exists(folder.resolve("out/op/sm80_fp32_a.fatbin")));
        assertTrue(Files.readString(folder.resolve("out/op/sm80_fp32_a.json")).contains("13.0.88"));

        build();
        assertEquals(2, calls().size(), "nothing changed, so nothing runs");

        Files.writeString(sources.resolve("op/sm80_fp32_a.cu"), "a, changed");
        build();
        assertEquals(3, calls().size());

        Files.writeString(sources.resolve("shared.cuh"), "two");
        build();
        assertEquals(5, calls().size(), "both include the header");

        Files.delete(folder.resolve("out/op/sm89_fp32_b.fatbin"));
        build();
        assertEquals(6, calls().size());
    }

    @Test
    void theFloorDecidesTheTargets() throws Exception {
        build();
        String ofB = calls().stream()
                .filter(call -> call.endsWith("b.cu"))
                .findFirst()
                .orElseThrow();
        assertFalse(ofB.contains("sm_80"), ofB);
        assertTrue(ofB.contains(" -gencode arch=compute_89,code=[sm_89,sm_90a,sm_120,compute_89] "), ofB);
        assertEquals(
                List.of("-gencode", "arch=compute_90a,code=[sm_90a,compute_90a]"),
                Targets.flags(Set.of(CudaKernel.floor("op/sm90a_bf16_wgmma"))));
    }

    @Test
    void aPathOfItsOwnIsCompiledApart() throws Exception {
        Files.writeString(sources.resolve("shared.cuh"), "#if __CUDA_ARCH__ >= 890\n#endif\n");
        Files.writeString(sources.resolve("between.cuh"), "#pragma once\n#include \"shared.cuh\"\n");
        Files.writeString(sources.resolve("op/sm80_fp32_a.cu"), "#include <cstdint>\n#include \"between.cuh\"\n");
        build();
        String ofA = calls().stream()
                .filter(call -> call.endsWith("a.cu"))
                .findFirst()
                .orElseThrow();
        assertTrue(ofA.contains(" -gencode arch=compute_80,code=[sm_80,compute_80] "), ofA);
        assertTrue(ofA.contains(" -gencode arch=compute_89,code=[sm_89,sm_90a,sm_120,compute_89] "), ofA);
    }

    @Test
    void aConditionTheBuildCannotReadIsRefused() throws IOException {
        for (String condition :
                List.of("__CUDA_ARCH__ == 900", "defined(__CUDA_ARCH_FEAT_SM90_ALL)", "__CUDA_ARCH__ < 890")) {
            Files.writeString(sources.resolve("op/sm80_fp32_a.cu"), "#if " + condition + "\n#endif\n");
            BuildException e = assertThrows(BuildException.class, this::build);
            assertTrue(e.getMessage().contains("sm80_fp32_a.cu: __CUDA_ARCH"), e.getMessage());
            assertTrue(e.getMessage().contains("write __CUDA_ARCH__ >= 890"), e.getMessage());
        }
    }

    @Test
    void whatHasNoSourceIsRemoved() throws Exception {
        build();
        Files.delete(sources.resolve("op/sm80_fp32_a.cu"));
        build();
        assertFalse(Files.exists(folder.resolve("out/op/sm80_fp32_a.fatbin")));
        assertFalse(Files.exists(folder.resolve("out/op/sm80_fp32_a.json")));
        assertTrue(Files.exists(folder.resolve("out/op/sm89_fp32_b.fatbin")));
    }

    @Test
    void aFailureIsTheCompilersOwnMessage() throws IOException {
        Files.writeString(sources.resolve("op/sm80_fp32_a.cu"), "syntax");
        BuildException e = assertThrows(BuildException.class, this::build);
        assertTrue(e.getMessage().contains("op/sm80_fp32_a.cu: nvcc failed"), e.getMessage());
        assertTrue(e.getMessage().contains("error: no such thing"), e.getMessage());
        assertFalse(e.getMessage().contains("sm89_fp32_b"), e.getMessage());
    }

    @Test
    void aNameThatIsNoIdIsRefused() throws IOException {
        Files.writeString(sources.resolve("op/fast.cu"), "c");
        BuildException e = assertThrows(BuildException.class, this::build);
        assertTrue(e.getMessage().contains("expected <op>/sm<arch>_<precision>_<idea>, got 'op/fast'"), e.getMessage());
    }

    @Test
    void anOldCompilerIsRefused() throws IOException {
        compiler("12.6");
        BuildException e = assertThrows(BuildException.class, this::build);
        assertTrue(e.getMessage().contains("need 12.8 or newer"), e.getMessage());
    }

    @Test
    void withoutACompilerOneLineSaysWhatIsLeftOut() throws Exception {
        build();
        String said = saidWithoutCompiler();
        assertEquals(1, said.lines().count(), said);
        assertTrue(said.startsWith("Left out: the 2 CUDA kernels, which need nvcc 12.8 or newer."), said);
        assertFalse(Files.exists(folder.resolve("out/op/sm80_fp32_a.fatbin")), "a stale image would be taken for ours");
    }

    private String saidWithoutCompiler() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            build(Optional.empty());
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private void compiler(String version) throws IOException {
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("nvcc");
        Files.writeString(program, COMPILER.replace("VERSION", version));
        assertTrue(program.toFile().setExecutable(true));
    }

    private void build() throws IOException, InterruptedException, BuildException {
        build(Nvcc.find(Map.of("CUDA_HOME", folder.toString())));
    }

    private void build(Optional<Nvcc> nvcc) throws IOException, InterruptedException, BuildException {
        new KernelBuild(folder.resolve("work"), folder.resolve("out")).run(KernelSource.under(sources), nvcc);
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("bin/calls"));
    }
}
