package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.bundle.CaseJson;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.Seal;
import dev.ridgepoint.results.json.JsonText;
import dev.ridgepoint.results.json.Sha256;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Changes a bundle as a careful liar would: with every digest made to fit again. */
public final class Resealed {
    private Resealed() {}

    /** Changes the document; cases and files are arrays in it. */
    static void change(Path bundle, Consumer<ObjectNode> change) throws IOException {
        Path file = bundle.resolve(Layout.RESULT);
        ObjectNode whole = read(file);
        change.accept(whole);
        seal(whole);
        Files.writeString(file, JsonText.write(whole));
    }

    /** Changes one case. */
    static void changeCase(Path bundle, int index, Consumer<ObjectNode> change) throws IOException {
        change(bundle, whole -> change.accept((ObjectNode) whole.path("cases").get(index)));
    }

    /** Puts other text into a file and its new digest into the list. */
    static void replace(Path bundle, String name, String content) throws IOException {
        Files.writeString(bundle.resolve(name), content);
        byte[] bytes = Files.readAllBytes(bundle.resolve(name));
        change(bundle, whole -> {
            for (JsonNode entry : whole.path("files")) {
                if (entry.path("path").asText().equals(name)) {
                    ((ObjectNode) entry).put("bytes", bytes.length).put("sha256", Sha256.hex(bytes));
                }
            }
        });
    }

    public static ObjectNode read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return (ObjectNode) StrictJson.document(in, 1 << 24);
        }
    }

    private static void seal(ObjectNode whole) {
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
    }

    static ArrayNode array(JsonNode node) {
        return (ArrayNode) node;
    }
}
