package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.analysis.compare.Confirmation;
import dev.ridgepoint.benchmarks.fake.FakeDevice;
import dev.ridgepoint.benchmarks.plan.PlanFile;
import dev.ridgepoint.benchmarks.record.RunSession;
import dev.ridgepoint.benchmarks.record.WorkFolder;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.json.Sha256;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL of {@code ab}, {@code confirm} and {@code bisect}: no finished fork is lost, and none runs twice. */
class KilledInTurnTest {
    private static final String KERNEL = "gemm/fake_fp32_plain";

    @TempDir
    private Path folder;

    private Path out;
    private String shapes;

    @BeforeEach
    void ask() throws IOException {
        out = folder.resolve("out");
        shapes = OwnShapes.file(folder, 5).toString();
    }

    @Test
    void abGoesOnFromWhereverItWasKilled() throws Exception {
        List<String> words = words(List.of("ab", "this", "this"), "--aim", "1%", "--most-forks", "9");
        killedWhen(words, () -> Files.exists(out.resolve("question.json")));
        assertEquals(0, forks("a"));
        // What else a kill within a preparation may leave.
        Files.createDirectories(out.resolve("b"));
        Files.writeString(out.resolve("b/context.json"), "half");
        Map<String, String> before =
                killedWhen(List.of("ab", "--resume", out.toString()), () -> forks("a") > 4 && forks("b") > 4);
        // Sides end one after the other, so that a kill may leave B complete and A not.
        Path b = out.resolve("b");
        try (RunSession session = RunSession.resume(
                b, PlanFile.read(WorkFolder.in(b).plan()), BundleReader.open(b).context())) {
            session.nothingLeft();
        }
        assertTrue(BundleReader.open(b).run().complete());
        Cli.Answer answer = Cli.run("ab", "--resume", out.toString());
        assertEquals(0, answer.status(), answer.toString());
        whole("a", "b");
        kept(before);
    }

    @Test
    void confirmGoesOnAndAnswersAsIfNothingHadHappened() throws Exception {
        Path slow = SideJar.write(folder.resolve("slow.jar"), FakeDevice.SLOW, Map.of());
        Path base = folder.resolve("base");
        Path candidate = folder.resolve("candidate");
        List<String> run = new ArrayList<>(List.of("run", "--backend", "fake", "--shapes", shapes, "--forks", "3"));
        assertEquals(0, Cli.run(with(run, base)).status());
        assertEquals(
                0,
                Cli.start(folder.resolve("log"), slow, List.of(), with(run, candidate))
                        .waitFor());
        // Own shapes are asked again as they were measured, whatever has become of their file.
        OwnShapes.file(folder, 6);
        List<String> words = new ArrayList<>(List.of("confirm", base.toString(), candidate.toString()));
        words.addAll(List.of("--candidate-build", slow.toString(), "--out", out.toString(), "--aim", "50%"));
        Map<String, String> before = killedWhen(words, () -> forks("b") > 0);
        assertFalse(Files.exists(out.resolve("confirmed.json")));

        Cli.Answer elsewhere = Cli.run("bisect", "--resume", out.toString());
        assertEquals(2, elsewhere.status());
        assertTrue(elsewhere.error().contains("ridgepoint confirm --resume " + out), elsewhere.error());
        Cli.Answer more = Cli.run("confirm", "--resume", out.toString(), "--margin", "5");
        assertEquals(2, more.status());
        assertTrue(more.error().contains("--margin is as it was asked"), more.error());

        Cli.Answer answer = Cli.run("confirm", "--resume", out.toString(), "--json");
        assertTrue(List.of(0, 1).contains(answer.status()), answer.toString());
        JsonNode json = new JsonMapper().readTree(answer.out());
        assertEquals(1, json.at("/secondStage/open").asInt(), answer.out());
        assertEquals(1, json.at("/secondStage/decided").asInt(), answer.out());
        assertTrue(json.at("/cases/0/forks/0").asInt() >= Confirmation.LEAST_FORKS, answer.out());
        assertEquals(
                json, new JsonMapper().readTree(out.resolve("confirmed.json").toFile()));
        whole("a", "b");
        kept(before);
        Files.delete(out.resolve("confirmed.json"));
        assertEquals(
                answer.out(),
                Cli.run("confirm", "--resume", out.toString(), "--json").out());
        assertTrue(Files.exists(out.resolve("confirmed.json")), "killed before its last words");

        Files.writeString(slow, "another", StandardOpenOption.APPEND);
        Cli.Answer changed = Cli.run("confirm", "--resume", out.toString());
        assertEquals(2, changed.status());
        assertTrue(changed.error().contains(slow + ": was SHA-256"), changed.error());
    }

    /** What a comparison comes to is for other tests: here the machine may be as busy as it likes. */
    @Test
    void bisectGoesOnAfterItsBudgetAndAfterAKill() throws Exception {
        List<String> builds = new ArrayList<>(List.of("bisect"));
        for (String build : List.of("1", FakeDevice.SLOW)) {
            builds.add(
                    SideJar.write(folder.resolve(build + ".jar"), build, Map.of("kernels/" + KERNEL + ".fatbin", build))
                            .toString());
        }
        List<String> words =
                words(builds, "--case", KERNEL, "--aim", "50%", "--most-forks", "5", "--time-budget", "1s");
        Cli.Answer open = Cli.run(words.toArray(String[]::new));
        assertEquals(4, open.status(), open.toString());
        assertTrue(open.out().contains("go on with ridgepoint bisect --resume " + out), open.out());
        String comparison = KERNEL.replace('/', '_') + "-1/";
        Map<String, String> before =
                killedWhen(List.of("bisect", "--resume", out.toString()), () -> forks(comparison + "b") > 1);
        Cli.Answer answer = Cli.run("bisect", "--resume", out.toString(), "--json");
        JsonNode step = new JsonMapper().readTree(answer.out()).at("/cases/0/steps/0");
        assertEquals(5, step.at("/judgement/forks").asInt(), answer.toString());
        whole(comparison + "a", comparison + "b");
        kept(before);
        Cli.Answer again = Cli.run("bisect", "--resume", out.toString(), "--json");
        assertEquals(answer.out(), again.out(), "a comparison that is done is not run again");
        assertEquals(answer.status(), again.status());
    }

    private List<String> words(List<String> first, String... more) {
        List<String> words = new ArrayList<>(first);
        words.addAll(List.of("--backend", "fake", "--shapes", shapes, "--out", out.toString()));
        words.addAll(List.of(more));
        words.addAll(Brief.WORDS);
        return words;
    }

    private static String[] with(List<String> words, Path bundle) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--out", bundle.toString()));
        all.addAll(Brief.WORDS);
        return all.toArray(String[]::new);
    }

    /** Starts the command, kills it and its children as nothing can be caught, and says what forks were finished. */
    private Map<String, String> killedWhen(List<String> words, Callable<Boolean> reached) throws Exception {
        Path log = folder.resolve("log");
        Process process = Cli.start(log, List.of(), words.toArray(String[]::new));
        while (!reached.call()) {
            assertTrue(process.isAlive(), () -> "ended before it could be killed: " + said(log));
            Thread.sleep(10);
        }
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
        for (ProcessHandle one : all) {
            one.onExit().get();
        }
        return finished();
    }

    private static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** Digests of what finished forks left, by path. */
    private Map<String, String> finished() throws IOException {
        Map<String, String> parts = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(out)) {
            for (Path part : tree.filter(path ->
                            path.getParent().endsWith("raw") && path.toString().endsWith(".json"))
                    .toList()) {
                parts.put(out.relativize(part).toString(), Sha256.hex(Files.readString(part)));
            }
        }
        return parts;
    }

    private void kept(Map<String, String> before) throws IOException {
        assertFalse(before.isEmpty());
        Map<String, String> now = finished();
        before.forEach((part, digest) -> assertEquals(digest, now.get(part), part));
    }

    private void whole(String... bundles) throws IOException {
        for (String bundle : bundles) {
            assertTrue(BundleReader.open(out.resolve(bundle)).run().complete(), bundle);
            assertEquals(List.of(), BundleValidator.validate(out.resolve(bundle)));
        }
    }

    private int forks(String bundle) {
        String[] names = out.resolve(bundle).resolve("raw").toFile().list((dir, name) -> name.endsWith(".json"));
        return names == null ? 0 : names.length;
    }
}
