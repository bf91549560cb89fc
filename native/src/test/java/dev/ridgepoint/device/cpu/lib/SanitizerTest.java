package dev.ridgepoint.device.cpu.lib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ridgepoint.device.cpu.InstructionSets;
import dev.ridgepoint.device.cpu.Skip;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every C++ kernel on ragged extents, in buffers of exactly its bytes, under the address and undefined-behaviour sanitizers. */
class SanitizerTest {
    private static final Path BUILD = Path.of("target", "sanitized").toAbsolutePath();
    private static final List<int[]> EXTENTS =
            List.of(new int[] {1, 1}, new int[] {3, 17}, new int[] {5, 129}, new int[] {131, 33}, new int[] {2, 288});

    @Test
    void noKernelLeavesItsBuffers() throws IOException, InterruptedException {
        requireTools();
        Path source = Path.of("src", "main", "cpp", "cpu").toAbsolutePath();
        Path program = Path.of("src", "test", "cpp", "exercise.cpp").toAbsolutePath();
        run(
                null,
                "cmake",
                "-S",
                source.toString(),
                "-B",
                BUILD.toString(),
                "-DCMAKE_CXX_COMPILER=clang++",
                "-DRIDGEPOINT_SANITIZE=ON",
                "-DCMAKE_CXX_FLAGS_RELEASE=-O1",
                "-DRIDGEPOINT_EXERCISE=" + program);
        run(null, "cmake", "--build", BUILD.toString(), "--parallel", "2", "--target", "exercise");
        List<String> jobs = jobs();
        Path input = BUILD.resolve("jobs.txt");
        Files.write(input, jobs);
        for (String isa : InstructionSets.here()) {
            if (!isa.equals(InstructionSets.BASELINE)) {
                String output = run(input.toFile(), BUILD.resolve("exercise").toString(), isa);
                assertEquals(jobs.size() + " jobs on " + isa, output.lines().reduce("", (a, b) -> b));
            }
        }
    }

    private static void requireTools() throws IOException {
        String missing =
                Stream.of("clang++", "cmake").filter(tool -> !onPath(tool)).reduce("", (a, b) -> a + " " + b);
        boolean avx2 = Files.readString(Path.of("/proc/cpuinfo")).contains(" avx2 ");
        if (!missing.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("required under CI=true, and not on the PATH:" + missing);
        }
        Skip.unless(missing.isEmpty(), () -> "the sanitizers are not run: not on the PATH:" + missing);
        Skip.unless(avx2, () -> "the sanitizers are not run: their program is built for AVX2, which this CPU has not");
    }

    private static boolean onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, tool)));
    }

    private static List<String> jobs() {
        List<String> jobs = new ArrayList<>();
        for (QuantFormat format : QuantFormat.ALL) {
            for (DType plain : List.of(DType.FP32, DType.FP16, DType.BF16)) {
                for (int[] extent : EXTENTS) {
                    quantisers(jobs, format, plain, extent);
                }
            }
        }
        for (String mask : List.of("full", "causal", "sliding", "local", "tree")) {
            for (String types :
                    List.of("fp32 fp32 4 4", "bf16 bf16 2 2", "fp16 fp16 2 2", "bf16 int8 2 1", "bf16 fp8_e4m3 2 1")) {
                String[] t = types.split(" ");
                String bytes = " " + t[2] + " " + t[3];
                String head = "attention " + t[0] + " " + t[1] + " " + mask + " ";
                jobs.add(head + "2 8 2 1 67 40 40 0 9" + bytes);
                jobs.add(head + "1 6 2 3 131 24 16 16 50" + bytes);
                jobs.add(head + "2 2 2 70 70 20 20 0 33" + bytes);
                jobs.add(head + "1 3 1 1 130 64 64 32 7" + bytes);
            }
        }
        for (String way : List.of("bf16 fp32 17 2 4", "fp16 fp32 9 2 4", "fp32 bf16 31 4 2", "fp32 fp16 1 4 2")) {
            jobs.add("convert " + way);
        }
        jobs.add("gemm_int8 3 7 33");
        jobs.add("gemm_int8 1 5 15");
        return jobs;
    }

    private static void quantisers(List<String> jobs, QuantFormat format, DType plain, int[] extent) {
        for (Direction direction : Direction.values()) {
            if (direction == Direction.QUANTIZE && !QuantCodecs.of(format).encoderIsPinned()) {
                continue;
            }
            List<OperandSpec> specs =
                    OperandSpecs.of(QuantizeProblem.of(direction, extent[0], extent[1], plain, format));
            StringBuilder job = new StringBuilder(direction.id())
                    .append(" " + format.id() + " " + plain.id() + " " + extent[0] + " " + extent[1]);
            for (String name :
                    List.of(direction == Direction.QUANTIZE ? "x" : "y", "codes", "scales", "zeros", "tensorScale")) {
                job.append(' ')
                        .append(specs.stream()
                                .filter(spec -> spec.name().equals(name))
                                .mapToLong(OperandSpec::bytes)
                                .sum());
            }
            jobs.add(job.toString());
        }
    }

    /** What the command printed; fails with the end of it if the command does. */
    private static String run(File input, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("sanitizer", ".log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            if (input != null) {
                builder.redirectInput(input);
            }
            Process process = builder.start();
            boolean ended = process.waitFor(10, TimeUnit.MINUTES);
            process.destroyForcibly();
            String output = Files.readString(log);
            String end = output.substring(Math.max(0, output.length() - 6000));
            assertTrue(ended && process.exitValue() == 0, () -> String.join(" ", command) + "\n" + end);
            return output;
        } finally {
            Files.delete(log);
        }
    }
}
