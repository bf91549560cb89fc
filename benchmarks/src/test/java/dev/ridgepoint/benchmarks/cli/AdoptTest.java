package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.Emulator;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.json.Sha256;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel from outside, as PTX text: right, wrong in four ways, and described wrongly; on the emulated driver. */
class AdoptTest {
    private static final String ID = "gemm/adopted_fp32_product";
    private static final String CASE = "mine:device-event:cold";
    private static final String TWICE = "2*ceil(m*n/256)";
    private static final String STORE = "st.global.f32 [%rd3], %f1;";

    @TempDir
    private Path folder;

    private String ptx;
    private Path problem;

    @BeforeEach
    void write() throws IOException {
        try (InputStream in = AdoptTest.class.getResourceAsStream("/adopt/product.ptx")) {
            ptx = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        ask("fp32");
    }

    private void ask(String precision) throws IOException {
        problem = Files.writeString(folder.resolve("p.json"), """
                {"id": "mine", "op": "gemm", "precision": "%s", "shape": {"M": 5, "N": 70, "K": 33}, "phase": "decode"}
                """.formatted(precision));
    }

    @Test
    void aRightKernelMeetsOursOnOneCase() throws Exception {
        Emulator.require();
        // Ours in tf32 is one; in fp32 they are nine, a fork each.
        ask("tf32");
        String id = "gemm/adopted_tf32_product";
        String said = adopt(0, ptx, "--any-shape", "--emulated-arch", "89");

        assertTrue(said.contains("45 correct, 0 incorrect, 0 failed"), said);
        assertTrue(said.contains("read to the letter, which is no verdict:\nnothing more."), said);
        assertEquals(List.of(), BundleValidator.validate(bundle()));
        BundleReader bundle = BundleReader.open(bundle());
        List<CaseResult> simulated = bundle.allCases().stream()
                .filter(one -> one.outcome() instanceof Outcome.Simulated)
                .toList();
        CaseResult adopted = simulated.stream()
                .filter(one -> one.subject().kernel().equals(id))
                .findFirst()
                .orElseThrow();
        assertTrue(simulated.size() > 1, "ours stand beside it");
        assertTrue(simulated.stream().allMatch(one -> one.caseKey().equals(adopted.caseKey())));
        String digest = Sha256.hex(Files.readAllBytes(image()));
        assertEquals(digest, adopted.subject().buildDigest());
        assertEquals(digest, bundle.context().build().artifacts().get(id));
        assertTrue(
                adopted.subject().implementation().contains("grid ceil(m*n/256), block 256, args a b c m n k"),
                adopted.subject().implementation());
        assertEquals("DECODE", adopted.provenance().phase().name());
    }

    @Test
    void aWrongKernelIsIncorrect() throws Exception {
        Emulator.requireDriver();
        String said = adopt(1, ptx.replace("fma.rn.f32 %f1, %f2, %f3, %f1", "mul.f32 %f1, %f2, %f3"), "--alone");
        assertTrue(said.contains("incorrect gemm_m5_n70_k33_fp32:adversarial by " + ID + ": wrong result"), said);
        assertInstanceOf(Outcome.Incorrect.class, onlyCase().outcome());
    }

    @Test
    void aKernelThatLeavesItsBuffersIsSaidAndTheRunGoesOn() throws Exception {
        Emulator.requireDriver();
        String said = adopt(1, ptx.replace(STORE, "st.global.f32 [%rd3+1048576], %f1;"), "--alone");
        assertTrue(said.contains("past the end of allocation"), said);
        assertFailed("CUDA_ERROR_ILLEGAL_ADDRESS");
    }

    @Test
    void aRaceIsFoundWhereEveryResultIsRight() throws Exception {
        Emulator.requireDriver();
        String clears = "st.global.f32 [%rd3], 0f00000000; " + STORE;
        String said = adopt(1, twice().replace(STORE, clears), "--alone", "--grid", TWICE);
        assertTrue(said.contains("race on global memory"), said);
        assertFalse(said.contains("read to the letter"), said);
        assertFailed("CUDA_ERROR_LAUNCH_FAILED");
    }

    @Test
    void aKernelThatHangsIsSaidAndTheRunGoesOn() throws Exception {
        Emulator.requireDriver();
        // It goes back before it has read anything.
        String forever = ptx.replace("ld.global.f32 %f2, [%rd1];", "bra LOOP;");
        adopt(1, forever, "--alone");
        assertFailed("CUDA_ERROR_LAUNCH_TIMEOUT");
    }

    @Test
    void itsDescriptorServesTheOtherCommands() throws Exception {
        Emulator.requireDriver();
        // Every element is stored twice, the same value: a race to the letter, and what kernels do.
        adopt(0, twice(), "--alone", "--dry-run", "--grid", TWICE);
        Path descriptor = folder.resolve("product.ptx.product.json");
        Path shapes = Files.writeString(folder.resolve("shapes.json"), """
                [{"id": "mine", "op": "gemm", "precision": "fp32", "shape": {"M": 5, "N": 70, "K": 33}},
                 {"id": "other", "op": "gemm", "precision": "fp32", "shape": {"M": 6, "N": 70, "K": 33}}]
                """);
        ended(
                0,
                "run",
                "--adopted",
                descriptor.toString(),
                "--kernel",
                ID,
                "--shapes",
                shapes.toString(),
                "--forks",
                "1",
                "--driver",
                "emulated",
                "--out",
                bundle().toString());
        List<CaseResult> cases = BundleReader.open(bundle()).allCases();
        assertEquals(2, cases.size());
        for (CaseResult one : cases) {
            assertEquals(one.id().startsWith("mine"), one.outcome() instanceof Outcome.Simulated, one.toString());
        }

        List<String> verify = List.of("verify", "--adopted", descriptor.toString(), "--driver", "emulated");
        String judged = ended(
                0, Stream.concat(verify.stream(), Stream.of("--kernel", ID)).toArray(String[]::new));
        String verdict = "3 correct, 0 incorrect, 0 failed";
        String finding = "failed gemm_m5_n70_k33_fp32:normal: cuStreamSynchronize: CUDA_ERROR_LAUNCH_FAILED";
        assertTrue(judged.indexOf(verdict) >= 0 && judged.indexOf(finding) > judged.indexOf(verdict), judged);
        assertTrue(judged.contains("race on global memory"), judged);

        Files.writeString(image(), ptx + "// touched\n");
        String said = ended(2, "verify", "--adopted", descriptor.toString(), "--driver", "emulated");
        assertTrue(said.contains("product.ptx: not the file that was adopted"), said);
    }

    @Test
    void codeForAnotherArchitectureIsRefused() throws Exception {
        Emulator.requireDriver();
        String said = adopt(2, ptx.replace("sm_80", "sm_120"), "--emulated-arch", "80");
        assertTrue(said.contains("ridgepoint: mine: product.ptx has PTX for sm_120, and this is sm_80"), said);
        assertFalse(Files.exists(bundle()));
    }

    @Test
    void whatDoesNotFitIsOneLine() throws IOException {
        Files.writeString(image(), ptx);
        refused("entry: no kernel 'sum' in product.ptx; there are product", "--entry", "sum");
        refused(
                "args: product takes 6 parameters of 8, 8, 8, 4, 4, 4 bytes, not 4: a, b, c, m",
                "--entry",
                "product",
                "--args",
                "a,b,c,m");
        refused("'x' is neither a buffer (a, b, c) nor an extent", "--entry", "product", "--args", "a,b,x,m,n,k");
        refused("'i32:m' as number 1 brings 4", "--entry", "product", "--args", "i32:m,b,c,m,n,k");
        refused("grid: 'ceil(n': expected a closing parenthesis", "--entry", "product", "--grid", "ceil(n");
        refused("it runs no CUDA kernel", "--entry", "product", "--backend", "cpu");
        refused("--entry: missing");
        assertTrue(Files.exists(folder.resolve("product.ptx.product.json")), "the backend was refused after it");
        Files.writeString(folder.resolve("product.ptx.product.json"), "{\"mine\": 1}");
        refused("not the descriptor of an adopted kernel", "--entry", "product");
        Files.writeString(image(), "no code");
        refused("product.ptx: it is neither a fatbin, nor a cubin, nor PTX text", "--entry", "product");
    }

    /** As many blocks again, which do the same. */
    private String twice() {
        return ptx.replace("setp.ge.u32 %p1, %r7, %r8;", "rem.u32 %r7, %r7, %r8; setp.ge.u32 %p1, %r7, %r8;");
    }

    private void refused(String hint, String... options) {
        List<String> arguments = new ArrayList<>(List.of("adopt", image().toString(), "--problem", problem.toString()));
        arguments.addAll(List.of(options));
        Cli.Answer answer = Cli.run(arguments.toArray(String[]::new));
        assertEquals(2, answer.status(), answer.toString());
        assertEquals(1, answer.error().lines().count(), answer.error());
        assertTrue(answer.error().contains(hint), answer.error());
    }

    private void assertFailed(String reason) throws IOException {
        Outcome.Failed failed =
                assertInstanceOf(Outcome.Failed.class, onlyCase().outcome());
        assertTrue(failed.reason().contains(reason), failed.reason());
        assertTrue(BundleReader.open(bundle()).run().complete(), "the run went on to its end");
        assertEquals(List.of(), BundleValidator.validate(bundle()));
    }

    private CaseResult onlyCase() throws IOException {
        List<CaseResult> cases = BundleReader.open(bundle()).allCases();
        assertEquals(List.of(CASE), cases.stream().map(CaseResult::id).toList());
        return cases.get(0);
    }

    private Path image() {
        return folder.resolve("product.ptx");
    }

    private Path bundle() {
        return folder.resolve("run");
    }

    private String adopt(int status, String code, String... options) throws IOException, InterruptedException {
        Files.writeString(image(), code);
        List<String> arguments = new ArrayList<>(
                List.of("adopt", image().toString(), "--entry", "product", "--problem", problem.toString()));
        arguments.addAll(List.of("--driver", "emulated", "--forks", "1", "--out", bundle().toString()));
        arguments.addAll(List.of(options));
        return ended(status, arguments.toArray(String[]::new));
    }

    private String ended(int status, String... arguments) throws IOException, InterruptedException {
        Emulator.Ended ended = Emulator.run(
                folder, Map.of("RIDGEPOINT_EMULATED_STALL", "200000"), Main.class, List.of(), List.of(arguments));
        assertEquals(status, ended.status(), ended.said());
        return ended.said();
    }
}
