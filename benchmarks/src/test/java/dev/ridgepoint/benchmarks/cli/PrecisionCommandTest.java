package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecisionCommandTest {
    @TempDir
    private Path folder;

    /** Outliers cost formats that share a scale; a cast, whose scale is each element's own, does not mind. */
    @Test
    void theErrorDependsOnTheData() throws IOException {
        Cli.Answer answer = Cli.run(
                "precision",
                "--distribution",
                "normal,outlier-channels,activation-like",
                "--rows",
                "128",
                "--cols",
                "1024",
                "--format",
                "int8:token,fp8_e4m3:1x128,bf16",
                "--json");
        assertEquals(0, answer.status(), answer.toString());
        JsonNode tensors = new JsonMapper().readTree(answer.out()).path("tensors");
        double int8 = db(tensors, 0, 0);
        assertTrue(int8 > 35 && db(tensors, 1, 0) < int8 - 3, answer.out());
        assertEquals(db(tensors, 0, 2), db(tensors, 1, 2), 1);
        String text = Cli.run(
                        "precision", "--distribution", "normal,heavy-tailed", "--rows", "64", "--format", "int4_g128")
                .out();
        assertTrue(text.contains("heavy-tailed") && text.contains("int4_g128_awq"), text);
    }

    private static double db(JsonNode tensors, int tensor, int format) {
        return tensors.path(tensor).path("formats").path(format).path("sqnrDb").asDouble();
    }

    @Test
    void hostileFilesAreOneLine() throws IOException {
        refused("no such file", folder.resolve("gone.npy"));
        refused("is no .npy file", file("x.npy", "PK\u0003\u0004 something else"));
        refused("ends within its head", file("empty.npy", ""));
        refused("Fortran order", npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", 24));
        refused("expected little-endian fp32", npy("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", 8));
        refused("expected little-endian fp32", npy("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", 8));
        refused("no descr", npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", 8));
        refused("no shape", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", 8));
        refused("asks for", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 7));
        refused("asks for", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 9));
        refused("holds no element", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 4), }", 0));
        refused(
                "more elements than any file",
                npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", 8));
        refused("as large as", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", 8));
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        for (List<String> options : List.<List<String>>of(
                List.of(),
                List.of("--distribution", "cauchy"),
                List.of("--distribution", "normal", "--format", "fp3"),
                List.of("--distribution", "normal", "--rows", "0"),
                List.of("--distribution", "normal,heavy-tailed", "--dump", folder.toString()),
                List.of("--distribution", "normal", "--cols", "2000000000"))) {
            List<String> arguments = new ArrayList<>(List.of("precision"));
            arguments.addAll(options);
            Cli.Answer answer = Cli.run(arguments.toArray(new String[0]));
            assertEquals(2, answer.status(), answer.toString());
            assertEquals(1, answer.error().lines().count(), answer.err());
        }
    }

    private void refused(String why, Path npy) {
        Cli.Answer answer = Cli.run("precision", "--tensor", npy.toString(), "--format", "bf16");
        assertEquals(2, answer.status(), answer.toString());
        assertEquals(1, answer.error().lines().count(), answer.err());
        assertTrue(answer.error().contains(why), why + " is not in " + answer.err());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path npy(String head, int bytes) throws IOException {
        byte[] text = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[10 + text.length + bytes];
        System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0}, 0, all, 0, 10);
        System.arraycopy(text, 0, all, 10, text.length);
        return Files.write(folder.resolve("some.npy"), all);
    }
}
