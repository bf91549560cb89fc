package dev.ridgepoint.results.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.SampleBundle;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.StrictJson;
import dev.ridgepoint.results.validate.Finding.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seeded mutants of a sound bundle: none may make the validator throw or hang, and none that means something else may
 * pass. {@code -Dridgepoint.fuzz=100000} for more; a failure names the seed to repeat it with.
 */
class MutationFuzzTest {
    private static final int MUTANTS = Integer.getInteger("ridgepoint.fuzz", 2000);
    private static final Duration SLOWEST = Duration.ofSeconds(20);

    private static final List<byte[]> NASTY = Stream.of(
                    "NaN",
                    "-Infinity",
                    "1e999",
                    "-0",
                    "9007199254740993",
                    "1".repeat(400),
                    "0.".repeat(3),
                    "null",
                    "{}",
                    "[]",
                    "\"",
                    "\\",
                    "\\ud800",
                    "\u0000",
                    "\u202e",
                    "\ufeff",
                    ",",
                    ":",
                    "\n",
                    "/",
                    "../../etc/passwd",
                    "[".repeat(5000),
                    "{\"a\":".repeat(500),
                    "\"" + "a".repeat(70_000))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e300",
            "-0.5",
            "2147483648",
            "9007199254740991",
            "\"\"",
            "\"x\"",
            "[]",
            "{}",
            "[[[[]]]]",
            "{\"a\":{}}",
            "\"NaN\"",
            "\"\\u0000\\u001b[2J\"");

    @TempDir
    Path folder;

    private Path bundle;
    private final TreeMap<String, byte[]> sound = new TreeMap<>();

    @BeforeEach
    void write() throws IOException {
        bundle = SampleBundle.complete(folder.resolve("bundle"));
        try (Stream<Path> tree = Files.walk(bundle)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                sound.put(bundle.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    @Test
    void noMutantPasses() throws IOException {
        int accepted = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            Random random = new Random(seed);
            String name = random.nextInt(3) > 0
                    ? Layout.RESULT
                    : new ArrayList<>(sound.keySet()).get(random.nextInt(sound.size()));
            byte[] mutant = mutant(sound.get(name), random);
            Files.write(bundle.resolve(name), mutant);
            boolean same = Arrays.equals(mutant, sound.get(name)) || name.equals(Layout.RESULT) && meansTheSame(mutant);
            boolean passes = validate("seed " + seed + " in " + name);
            assertEquals(same, passes, "seed " + seed + " in " + name + " means the same: " + same);
            accepted += passes ? 1 : 0;
            Files.write(bundle.resolve(name), sound.get(name));
        }
        assertTrue(accepted < MUTANTS / 5, accepted + " mutants mean the same: they test nothing");
    }

    /** Values swapped for others within the tree, every digest made to fit: the checks behind the digests are reached. */
    @Test
    void noResealedMutantBreaksTheChecks() throws IOException {
        int refused = 0;
        for (int seed = 0; seed < MUTANTS / 4; seed++) {
            Random random = new Random(seed);
            try {
                JsonNode value = value(random);
                Resealed.change(bundle, whole -> Swaps.one(whole, value, random));
            } catch (ClassCastException | IllegalArgumentException noLongerADocument) {
                continue;
            }
            refused += validate("resealed seed " + seed) ? 0 : 1;
            Files.write(bundle.resolve(Layout.RESULT), sound.get(Layout.RESULT));
        }
        assertTrue(refused > MUTANTS / 8, "only " + refused + " were refused");
    }

    private static JsonNode value(Random random) throws IOException {
        byte[] bytes = VALUES.get(random.nextInt(VALUES.size())).getBytes(StandardCharsets.UTF_8);
        return StrictJson.document(bytes, 0, bytes.length);
    }

    /** Whether it passes; fails the test where the validator lost its way. */
    private boolean validate(String what) {
        long start = System.nanoTime();
        List<Finding> findings = BundleValidator.validate(bundle);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(taken.compareTo(SLOWEST) < 0, what + " took " + taken);
        for (Finding finding : findings) {
            assertTrue(!finding.message().startsWith("cannot be checked"), what + ": " + finding);
            assertTrue(finding.toString().chars().noneMatch(Character::isISOControl), what + ": " + finding);
        }
        return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    private boolean meansTheSame(byte[] mutant) {
        try {
            return canonical(mutant).equals(canonical(sound.get(Layout.RESULT)));
        } catch (IOException | IllegalArgumentException noJson) {
            return false;
        }
    }

    private static String canonical(byte[] bytes) throws IOException {
        return CanonicalJson.write(StrictJson.document(bytes, 0, bytes.length));
    }

    private static byte[] mutant(byte[] original, Random random) {
        int at = random.nextInt(original.length);
        int length = Math.min(1 + random.nextInt(40), original.length - at);
        byte[] piece = Arrays.copyOfRange(original, at, at + length);
        return switch (random.nextInt(8)) {
            case 0 -> splice(original, at, 1, new byte[] {(byte) (original[at] ^ 1 << random.nextInt(8))});
            case 1 -> splice(original, at, length, new byte[0]);
            case 2 -> splice(original, at, 0, piece);
            case 3 -> Arrays.copyOf(original, at);
            case 4 -> splice(original, at, random.nextInt(2), NASTY.get(random.nextInt(NASTY.size())));
            case 5 -> splice(original, random.nextInt(original.length), 0, piece);
            default -> otherDigit(original, at, random);
        };
    }

    /** A number changed in one place: the mutant that matters most. */
    private static byte[] otherDigit(byte[] original, int from, Random random) {
        for (int i = 0; i < original.length; i++) {
            int at = (from + i) % original.length;
            if (Character.isDigit(original[at])) {
                int other = '0' + (original[at] - '0' + 1 + random.nextInt(9)) % 10;
                return splice(original, at, 1, new byte[] {(byte) other});
            }
        }
        return original;
    }

    private static byte[] splice(byte[] original, int at, int removed, byte[] added) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(original, 0, at);
        out.writeBytes(added);
        out.write(original, at + removed, original.length - at - removed);
        return out.toByteArray();
    }
}
