package dev.ridgepoint.analysis.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that the sqlite3 program made by {@code nsys.sql}, held against that program's own sums; and broken ones. */
class NsysExportTest {
    private static final String GRAPHS = "(whole CUDA graphs)";

    @TempDir
    private Path folder;

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = NsysExportTest.class.getResourceAsStream("/trace/" + name)) {
            return in.readAllBytes();
        }
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("made.sqlite"), bytes);
    }

    @Test
    void everyKernelHasTheTimeAndTheLaunchesThatSqliteSaysItHas() throws IOException {
        TracedWorkload read = TraceFile.read(file(resource("nsys.sqlite")));
        Map<String, String> expected = new String(resource("nsys.tsv"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t"))
                .collect(Collectors.toMap(cells -> cells[0], cells -> cells[1] + " ns of " + cells[2]));
        Map<String, String> found = new TreeMap<>();
        for (TracedWorkload.Unknown one : read.unknown()) {
            found.put(one.kernel(), (long) one.ns() + " ns of " + one.launches());
        }
        assertEquals("42400 ns of 2", found.remove(GRAPHS));
        assertEquals(new TreeMap<>(expected), found);
        assertTrue(read.covered().isEmpty());
        assertEquals(3, read.notes().size(), read.notes()::toString);
        assertTrue(read.notes().get(2).startsWith("1 launch has no time"), read.notes()::toString);
        assertTrue(found.keySet().stream().anyMatch(name -> name.length() > 512), "a name on overflow pages");
    }

    @Test
    void whatCannotBeReadIsRefusedByName() throws IOException {
        byte[] whole = resource("nsys.sqlite");
        byte[] wal = whole.clone();
        wal[18] = 2;
        wal[19] = 2;
        refused("is in WAL mode", wal);
        byte[] encrypted = whole.clone();
        new Random(1).nextBytes(encrypted);
        refused("is encrypted, or no SQLite file", encrypted);
        refused("names page", Arrays.copyOf(whole, whole.length / 2));
        refused("ends within a page", Arrays.copyOf(whole, 50));
        byte[] other = new String(whole, StandardCharsets.ISO_8859_1)
                .replace("CUPTI_ACTIVITY", "OTHER_ACTIVITY")
                .getBytes(StandardCharsets.ISO_8859_1);
        refused("has no table CUPTI_ACTIVITY_KIND_KERNEL", other);
        Files.writeString(folder.resolve("made.sqlite-wal"), "pages");
        refused("part of it lies in", whole);
    }

    /** The root of the kernels' tree names itself as its child. */
    @Test
    void aTreeThatGoesInCirclesEnds() throws IOException {
        byte[] bytes = resource("nsys.sqlite");
        int page = 512;
        for (int number = 2; number <= bytes.length / page; number++) {
            int at = (number - 1) * page;
            if (bytes[at] == 5) {
                ByteBuffer.wrap(bytes).putInt(at + 8, number);
            }
        }
        refused("is not what SQLite's format allows", bytes);
    }

    /** Whatever a mutant says, it is read or refused with a line, in time and without another exception. */
    @Test
    void mutantsAreReadOrRefusedInOneLine() throws IOException {
        byte[] whole = resource("nsys.sqlite");
        Random random = new Random(20261122);
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] mutant = whole.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                // Half of them in heads of pages, where lengths, kinds and pointers are.
                int at = random.nextBoolean()
                        ? random.nextInt(mutant.length)
                        : random.nextInt(mutant.length / 512) * 512 + random.nextInt(16);
                mutant[at] = (byte) random.nextInt(256);
            }
            Path path = file(mutant);
            refused += Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
                try {
                    TraceFile.read(path);
                    return 0;
                } catch (IOException line) {
                    assertFalse(line.getMessage().contains("\n"), line.getMessage());
                    return 1;
                }
            });
        }
        assertTrue(refused > 100, refused + " of 1000 refused");
    }

    private void refused(String why, byte[] bytes) throws IOException {
        Path path = file(bytes);
        String said =
                assertThrows(IOException.class, () -> TraceFile.read(path)).getMessage();
        assertTrue(said.startsWith(path.toString()) && said.contains(why), why + " is not in " + said);
    }
}
