package dev.ridgepoint.results.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.Samples;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.SampleBundle;
import dev.ridgepoint.results.json.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bundles made to hurt: they are refused in words, in time and in little memory. */
@Timeout(120)
class HostileTest {
    private static final long GIB = 1L << 30;
    private static final int LARGE = 40 << 20;
    private static final String PART = Layout.rawPart(Samples.measured().id(), 0);

    @TempDir
    Path folder;

    Path bundle;

    @BeforeEach
    void write() throws IOException {
        bundle = SampleBundle.complete(folder.resolve("bundle"));
    }

    private void expect(String file, String message) {
        List<Finding> findings = BundleValidator.validate(bundle);
        assertTrue(
                findings.stream()
                        .anyMatch(finding ->
                                finding.file().equals(file) && finding.message().contains(message)),
                findings.toString());
        findings.forEach(finding -> assertTrue(!finding.message().startsWith("cannot be checked"), finding.toString()));
    }

    private static void sparse(Path file, long bytes) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(bytes);
        }
    }

    @Test
    void whereThereIsNoBundle() throws IOException {
        bundle = folder.resolve("nowhere");
        expect(Layout.RESULT, "is missing");
        bundle = Files.writeString(folder.resolve("file"), "{}");
        expect(Layout.RESULT, "is missing");
        bundle = Files.createDirectory(folder.resolve("empty"));
        expect(Layout.RESULT, "is missing");
        Files.createDirectory(bundle.resolve(Layout.RESULT));
        expect(Layout.RESULT, "is not a plain file");
    }

    @Test
    void filesOfAGibibyteAreRefusedUnread() throws IOException {
        long start = System.nanoTime();
        sparse(bundle.resolve(Layout.CONTEXT), GIB);
        expect(Layout.CONTEXT, "is larger than 4 MiB");
        sparse(bundle.resolve(Layout.ITERATIONS), GIB);
        expect(Layout.ITERATIONS, "has 1073741824 bytes");
        sparse(bundle.resolve(Layout.RESULT), GIB);
        expect(Layout.RESULT, "is larger than 512 MiB");
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
    }

    /** The list says so too, so that only reading it can tell. */
    @Test
    void aListedLogOfHolesEndsAtItsFirstLine() throws IOException {
        Path log = bundle.resolve(Layout.ITERATIONS);
        sparse(log, 64 << 20);
        String digest = Sha256.hex(new byte[64 << 20]);
        Files.delete(log);
        sparse(log, 64 << 20);
        Resealed.change(bundle, whole -> entry(whole, Layout.ITERATIONS, 64 << 20, digest));
        expect(Layout.ITERATIONS, "line is longer than");
    }

    @Test
    void aFileThatClaimsMoreThanAllDisks() throws IOException {
        long claimed = 1L << 43;
        sparse(bundle.resolve(PART), claimed);
        Resealed.change(bundle, whole -> entry(whole, PART, claimed, "0".repeat(64)));
        expect(PART, "is larger than 8 GiB");
    }

    private static void entry(ObjectNode whole, String path, long bytes, String digest) {
        for (var entry : whole.path("files")) {
            if (entry.path("path").asText().equals(path)) {
                ((ObjectNode) entry).put("bytes", bytes).put("sha256", digest);
            }
        }
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        for (String name : List.of(Layout.ITERATIONS, Layout.JMH, PART, Layout.CONTEXT, Layout.RESULT)) {
            Path file = bundle.resolve(name);
            Path aside = folder.resolve("aside");
            Files.move(file, aside);
            Files.createSymbolicLink(file, aside);
            expect(name, name.equals(Layout.CONTEXT) ? "is missing" : "is not a plain file");
            Files.delete(file);
            Files.move(aside, file);
        }
        Path raw = bundle.resolve(Layout.RAW);
        Files.move(raw, folder.resolve("elsewhere"));
        Files.createSymbolicLink(raw, folder.resolve("elsewhere"));
        expect(Layout.RAW, "is a symbolic link");
    }

    @Test
    void pipesDoNotBlock() throws Exception {
        for (String name : List.of(Layout.ITERATIONS, Layout.JMH, PART, Layout.CONTEXT, Layout.RESULT)) {
            Path file = bundle.resolve(name);
            Path aside = folder.resolve("aside");
            Files.move(file, aside);
            assertEquals(
                    0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
            expect(name, name.equals(Layout.CONTEXT) ? "is missing" : "is not a plain file");
            Files.delete(file);
            Files.move(aside, file);
        }
    }

    @Test
    void otherEncodings() throws IOException {
        String text = Files.readString(bundle.resolve(Layout.RESULT));
        Files.writeString(bundle.resolve(Layout.RESULT), text, StandardCharsets.UTF_16);
        expect(Layout.RESULT, "UTF-16");
        Files.writeString(bundle.resolve(Layout.RESULT), "\ufeff" + text);
        expect(Layout.RESULT, "byte order mark");
        Files.writeString(
                bundle.resolve(Layout.RESULT), text.replaceFirst("quick", "sch\u00f6n"), StandardCharsets.ISO_8859_1);
        expect(Layout.RESULT, "UTF-8");
    }

    @Test
    void messagesAreSafeToPrint() throws IOException {
        Resealed.changeCase(bundle, 0, c -> c.put("\u001b[2J\u202e" + "x".repeat(200), 1));
        BundleValidator.validate(bundle).forEach(finding -> {
            assertTrue(finding.toString().chars().noneMatch(c -> Character.isISOControl(c) || c == 0x202E));
            assertTrue(finding.toString().length() < 1000);
        });
    }

    @Test
    void wrongThroughoutIsReportedInShort() throws IOException {
        Resealed.change(bundle, whole -> {
            for (int i = 0; i < 5000; i++) {
                whole.withArray("/cases").addObject().put("id", i);
            }
        });
        List<Finding> findings = BundleValidator.validate(bundle);
        assertTrue(findings.size() <= 201, findings.size() + " findings");
        assertTrue(findings.get(findings.size() - 1)
                .message()
                .matches("and \\d+ findings more; the rest was not checked"));
    }

    /** In one process with a heap smaller than any of the files, so that keeping one in memory would show. */
    @Test
    void hugeTokensDoNotFillTheHeap() throws Exception {
        String[][] fillers = {
            {Layout.RESULT, "{\"schema\":\"", "a"},
            {Layout.RESULT, "{\"schema\":1", "0"},
            {Layout.RESULT, "{\"", "k"},
            {Layout.RESULT, "", "["},
            {Layout.RESULT, "", "{\"a\":["},
            {Layout.RESULT, "", " "},
            {Layout.RESULT, "{\"argv\":[", "0,"},
            {Layout.RESULT, "{\"cases\":[", "[],"},
            {Layout.RESULT, "{\"cases\":[", "{\"a\":1},"},
            {Layout.RESULT, "{\"files\":[", "{\"path\":\"x\"},"},
            {Layout.JMH, "[{\"a\":\"", "a"},
            {Layout.JMH, "[", "{\"params\":{}},"},
            {Layout.JMH, "[[", "1,"}
        };
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx56m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HostileTest.class.getName()));
        for (String[] filler : fillers) {
            Path made = SampleBundle.complete(folder.resolve("made" + command.size()));
            fill(made.resolve(filler[0]), filler[1], filler[2]);
            if (filler[0].equals(Layout.JMH)) {
                Resealed.change(made, whole -> entry(whole, Layout.JMH, LARGE, "0".repeat(64)));
            }
            command.add(made.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(0, process.waitFor(), said.toString());
        assertEquals(fillers.length, said.size());
        for (int i = 0; i < fillers.length; i++) {
            String expected = "error " + fillers[i][0];
            assertTrue(said.get(i).startsWith(expected), fillers[i][1] + fillers[i][2] + "...: " + said.get(i));
        }
    }

    private static void fill(Path file, String start, String filler) throws IOException {
        byte[] block = filler.repeat((1 << 20) / filler.length()).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            int left = LARGE - start.length();
            while (left > 0) {
                out.write(block, 0, Math.min(block.length, left));
                left -= block.length;
            }
        }
    }

    public static void main(String[] bundles) {
        for (String bundle : bundles) {
            System.out.println(BundleValidator.validate(Path.of(bundle)).get(0));
        }
    }
}
