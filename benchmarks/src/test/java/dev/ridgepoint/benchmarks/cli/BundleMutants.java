package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.bundle.CaseJson;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.Seal;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.JsonText;
import dev.ridgepoint.results.json.Sha256;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A sound bundle, and mutants of it by seed: bytes broken at random, or one value changed within a file and, as a careful
 * liar would, every digest made to fit again.
 */
final class BundleMutants {
    private final Path bundle;
    private final TreeMap<String, byte[]> sound = new TreeMap<>();
    private final List<String> names;

    BundleMutants(Path bundle) throws IOException {
        this.bundle = bundle;
        try (Stream<Path> tree = Files.walk(bundle)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                sound.put(bundle.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        sound.remove(".lock");
        names = List.copyOf(sound.keySet());
    }

    /**
     * What a seed did.
     *
     * @param file which file was changed
     * @param sealed whether every digest fits again
     */
    record Mutant(String file, boolean sealed) {}

    /** Puts a mutant in the bundle's place. */
    Mutant mutate(Random random) throws IOException {
        String name = random.nextInt(3) > 0 ? Layout.RESULT : names.get(random.nextInt(names.size()));
        if (random.nextInt(3) == 0) {
            Files.write(bundle.resolve(name), Mutations.ofBytes(sound.get(name), random));
            return new Mutant(name, false);
        }
        byte[] changed = name.endsWith(".ndjson") ? line(sound.get(name), random) : document(sound.get(name), random);
        Files.write(bundle.resolve(name), changed);
        return new Mutant(name, seal(name, changed));
    }

    /** Puts back what a mutant took. */
    void restore(Mutant mutant) throws IOException {
        for (String name : new String[] {mutant.file, Layout.RESULT}) {
            Files.write(bundle.resolve(name), sound.get(name));
        }
    }

    JsonNode soundResult() throws IOException {
        return tree(sound.get(Layout.RESULT));
    }

    JsonNode result() throws IOException {
        return tree(Files.readAllBytes(bundle.resolve(Layout.RESULT)));
    }

    private static byte[] document(byte[] text, Random random) throws IOException {
        JsonNode tree = tree(text);
        for (int changes = 1 + random.nextInt(8) / 7; changes > 0; changes--) {
            Mutations.ofTree(tree, random);
        }
        return bytes(tree);
    }

    private static byte[] line(byte[] text, Random random) throws IOException {
        List<String> lines =
                new ArrayList<>(new String(text, StandardCharsets.UTF_8).lines().toList());
        int at = random.nextInt(lines.size());
        JsonNode tree = tree(lines.get(at).getBytes(StandardCharsets.UTF_8));
        Mutations.ofTree(tree, random);
        lines.set(at, JsonText.write(tree));
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** False where the change left no document to seal. */
    private boolean seal(String name, byte[] changed) throws IOException {
        try {
            ObjectNode whole = (ObjectNode) tree(Files.readAllBytes(bundle.resolve(Layout.RESULT)));
            if (name.equals(Layout.CONTEXT)) {
                whole.put("contextSha256", CanonicalJson.sha256(tree(changed)));
            }
            for (JsonNode entry : whole.path("files")) {
                if (!name.equals(Layout.RESULT) && entry.path("path").asText().equals(name)) {
                    ((ObjectNode) entry).put("bytes", changed.length).put("sha256", Sha256.hex(changed));
                }
            }
            Seal seal = new Seal();
            for (JsonNode one : whole.path("cases")) {
                ObjectNode object = (ObjectNode) one;
                object.put("sha256", CaseJson.digest(object));
                seal.addCase(object.path("sha256").asText());
            }
            whole.path("files").forEach(seal::addFile);
            ObjectNode head = whole.deepCopy();
            head.remove("cases");
            head.remove("files");
            whole.put("sha256", seal.of(head));
            Files.write(bundle.resolve(Layout.RESULT), bytes(whole));
            return true;
        } catch (ClassCastException noDocument) {
            return false;
        }
    }

    private static byte[] bytes(JsonNode tree) {
        return JsonText.write(tree).getBytes(StandardCharsets.UTF_8);
    }

    static JsonNode tree(byte[] text) throws IOException {
        return StrictJson.document(text, 0, text.length);
    }
}
