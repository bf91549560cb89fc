package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.benchmarks.cli.BundleMutants.Mutant;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.json.JsonDiff;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Seeded mutants of bundles and of plain JMH and nvbench files through the commands that read them: each answers in words
 * and with a documented status, soon, and no figure that follows from the samples can be changed unseen.
 * {@code -Dridgepoint.fuzz=100000} for more; a failure names the seed, which {@code -Dridgepoint.fuzz.from} begins with.
 */
class BadInputTest {
    private static final int MUTANTS = Integer.getInteger("ridgepoint.fuzz", 300);
    private static final int FROM = Integer.getInteger("ridgepoint.fuzz.from", 0);
    /** Processor time, for machines are busy at times. */
    private static final Duration SLOWEST = Duration.ofSeconds(20);

    /** What hangs without any processor time: of one command on one mutant, by the clock. */
    private static final Duration LONGEST = Duration.ofSeconds(120);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int TOLD = 40;

    /**
     * What a sealed bundle states and nothing else in it bears out: whoever wrote it vouches for it. Everything beside
     * these follows from the samples or from the question, so a change of it must be noticed.
     */
    private static final Pattern ATTESTED = Pattern.compile(String.join(
            "|",
            "/(sha256|contextSha256|runId|previousRunId|previousSha256|started|ended|suite|schema)",
            "/(argv|resumed)(/.*)?",
            "/plan/(sha256|part|parts)",
            "/files(/.*)?",
            "/cases/\\d+/sha256",
            "/cases/\\d+/subject/.*",
            "/cases/\\d+/provenance(/.*)?",
            "/cases/\\d+/question/inputs/sha256",
            "/cases/\\d+/outcome/correctness/.*",
            "/cases/\\d+/outcome/(reason|counters(/.*)?)",
            "/cases/\\d+/validity/(throttled|plausible|enoughForks|reasons(/.*)?)"));

    private static final Pattern TRACE = Pattern.compile(
            "internal error|cannot be checked|java\\.|NullPointer|ClassCast|OutOfBounds|NumberFormat|StackOverflow|OutOfMemory|Exception");

    @TempDir
    private Path folder;

    private final CommandLine line = Main.commandLine();
    private final TreeMap<String, String> found = new TreeMap<>();
    /** Processor time of the last command, nanoseconds. */
    private volatile long lastTaken;

    private Path write(String name, double factor) throws IOException {
        return new MadeRun()
                .with(MadeCase.of(1, 5, 1000 * factor))
                .with(MadeCase.of(2, 5, 2e6 * factor).flawed(false, true, false))
                .with(MadeCase.of(3, 3, 500 * factor).flawed(true, false, false))
                .write(folder.resolve(name));
    }

    /** Seeds that once got Java's words for an answer: a list that is null, a run that started at no time, no subject, no file, members that are null, a time next to nothing. */
    private static final List<Integer> CORPUS =
            List.of(956, 1312, 2452, 4681, 10449, 28788, 41596, 42273, 70678, 81921);

    @Test
    void mutantsOfBundlesAreAnsweredInWords() throws IOException {
        Path good = write("runs/good", 1);
        Path bundle = write("runs/mutant", 1.02);
        BundleMutants mutants = new BundleMutants(bundle);
        JsonNode sound = mutants.soundResult();
        List<String[]> commands = List.of(
                new String[] {"report", bundle.toString()},
                new String[] {"report", bundle.toString(), "--json"},
                new String[] {"compare", good.toString(), bundle.toString()},
                new String[] {"compare", bundle.toString(), good.toString(), "--json"},
                new String[] {"history", good.toString(), bundle.toString()},
                new String[] {"export", bundle.toString(), "--format", "csv"},
                new String[] {"export", bundle.toString(), "--format", "bencher"},
                new String[] {"targets", bundle.toString()},
                new String[] {"cite", bundle.toString(), "made/case1"});
        List<Integer> seeds = new ArrayList<>(CORPUS);
        IntStream.range(FROM, FROM + MUTANTS).forEach(seeds::add);
        int passed = 0;
        for (int seed : seeds) {
            Random random = new Random(seed);
            Mutant mutant = mutants.mutate(random);
            String what = "seed " + seed + " in " + mutant;
            Cli.Answer valid = answer(what, "validate", bundle.toString());
            Cli.Answer audit = answer(what, "audit", bundle.toString());
            answer(what, commands.get(random.nextInt(commands.size())));
            if (valid.status() == 0 && audit.status() == 0) {
                passed++;
                unseen(what, mutant, sound, mutants.result());
            }
            mutants.restore(mutant);
        }
        told("bundles", seeds.size());
        assertEquals("", String.join("\n", found.values()), found.size() + " kinds of findings");
        assertTrue(passed < MUTANTS / 2, passed + " passed: they test nothing");
    }

    /** What a long run writes down. */
    private static void told(String what, int mutants) {
        System.out.println("mutants: " + mutants + " of " + what + " from seed " + FROM);
    }

    /** A change that is neither attested only nor noticed. */
    private void unseen(String what, Mutant mutant, JsonNode sound, JsonNode now) {
        List<JsonDiff.Difference> changes = JsonDiff.of(sound, now);
        if (!mutant.sealed() && !changes.isEmpty()) {
            tell("unsealed", what + " passes although " + changes.get(0));
        }
        for (JsonDiff.Difference change : changes) {
            if (!ATTESTED.matcher(change.pointer()).matches()) {
                tell("unseen " + change.pointer().replaceAll("\\d+", "N"), what + " passes although " + change);
            }
        }
    }

    @Test
    void mutantsOfPlainFilesAreAnsweredInWords() throws IOException {
        Path bundle = write("runs/good", 1);
        byte[] jmh = Files.readAllBytes(bundle.resolve("jmh.json"));
        byte[] nvbench = Nvbench.file(1e-3).getBytes(StandardCharsets.UTF_8);
        for (int seed = FROM; seed < FROM + MUTANTS; seed++) {
            Random random = new Random(seed);
            byte[] original = random.nextBoolean() ? jmh : nvbench;
            byte[] mutant = original;
            if (random.nextInt(3) == 0) {
                mutant = Mutations.ofBytes(original, random);
            } else {
                JsonNode tree = BundleMutants.tree(original);
                Mutations.ofTree(tree, random);
                mutant = tree.toString().getBytes(StandardCharsets.UTF_8);
            }
            Path good = Files.write(folder.resolve("good.json"), original);
            Path bad = Files.write(folder.resolve("bad.json"), mutant);
            answer("seed " + seed + " of plain files", "compare", good.toString(), bad.toString());
        }
        told("plain files", MUTANTS);
        assertEquals("", String.join("\n", found.values()), found.size() + " kinds of findings");
    }

    /** A file too large to be anything is refused by its size or streamed; neither takes its time or its memory. */
    @Test
    void aGigabyteIsRefusedSoon() throws IOException {
        Path bundle = write("runs/good", 1);
        Path huge = folder.resolve("huge.json");
        try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        Path sound = write("runs/sound", 1);
        Path result = bundle.resolve("result.json");
        Files.delete(result);
        Files.createLink(result, huge);
        for (String[] command : new String[][] {
            {"validate", bundle.toString()},
            {"audit", bundle.toString()},
            {"report", bundle.toString()},
            {"history", bundle.toString()},
            {"export", bundle.toString(), "--format", "csv"},
            {"compare", bundle.toString(), bundle.toString()},
            {"compare", huge.toString(), huge.toString()},
            {"decide", sound.toString(), "--arrivals", huge.toString()},
            {"audit", sound.toString(), "--page", huge.toString()}
        }) {
            lastTaken = 0;
            Cli.Answer answer = answer(String.join(" ", command), command);
            assertEquals(2, answer.status(), answer.toString());
            assertTrue(lastTaken < Duration.ofSeconds(2).toNanos(), () -> String.join(" ", command));
        }
        assertEquals("", String.join("\n", found.values()));
    }

    /** What a device said of itself is read by reports, which do not ask the validator first. */
    @Test
    void aGigabyteOfTelemetryIsRefusedSoon() throws IOException {
        Path bundle = new MadeRun()
                .onGpu("580.1")
                .taking(60)
                .telling((fork, iteration, warmup) -> "{\"iteration\":" + iteration + ",\"warmup\":" + warmup + "}")
                .with(MadeCase.of(1, 5, 1000))
                .write(folder.resolve("runs/gpu"));
        assertTrue(Cli.run("report", bundle.toString()).out().contains("Thermal steady state: "));
        try (var file = new RandomAccessFile(
                bundle.resolve(Layout.telemetry("made/case1", 2)).toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        Cli.Answer answer = answer("telemetry", "report", bundle.toString());
        assertEquals(2, answer.status(), answer.toString());
        assertTrue(answer.error().contains(".f2.telemetry.ndjson: larger than"), answer.error());
        assertTrue(lastTaken < Duration.ofSeconds(2).toNanos());
        assertEquals("", String.join("\n", found.values()));
    }

    private Cli.Answer answer(String what, String... command) {
        Cli.Answer answer;
        try {
            answer = assertTimeoutPreemptively(
                    LONGEST,
                    () -> {
                        long start = THREADS.getCurrentThreadCpuTime();
                        Cli.Answer said = Cli.run(line, command);
                        lastTaken = THREADS.getCurrentThreadCpuTime() - start;
                        return said;
                    },
                    () -> String.join(" ", command));
        } catch (RuntimeException | Error escaped) {
            tell(command[0] + " " + escaped.getClass(), what + ": " + command[0] + " threw " + escaped);
            return new Cli.Answer(-1, "", "");
        }
        String said = answer.out() + answer.err();
        Matcher trace = TRACE.matcher(said);
        if (trace.find()) {
            String around =
                    said.substring(Math.max(0, trace.start() - 200), Math.min(said.length(), trace.end() + 200));
            tell(
                    command[0] + " " + trace.group() + around.replaceAll("\\W.*", ""),
                    what + ": " + command[0] + " said " + around);
        }
        if (answer.status() < 0 || answer.status() > 4) {
            tell(command[0] + " " + answer.status(), what + ": status " + answer.status());
        }
        boolean silent = answer.status() != 0 && said.isBlank();
        boolean manyLines = answer.status() == 2
                && answer.out().isEmpty()
                && answer.error().lines().count() != 1;
        if (silent || manyLines) {
            tell(command[0] + " words", what + ": " + command[0] + " " + answer.status() + " said " + answer.err());
        }
        if (lastTaken > SLOWEST.toNanos()) {
            tell(command[0] + " slow", what + ": " + command[0] + " took " + Duration.ofNanos(lastTaken));
        }
        return answer;
    }

    /** One of each kind is enough to know. */
    private void tell(String kind, String text) {
        if (found.size() < TOLD) {
            found.putIfAbsent(kind, text.length() > 600 ? text.substring(0, 600) : text);
        }
    }
}
