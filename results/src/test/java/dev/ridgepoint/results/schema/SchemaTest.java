package dev.ridgepoint.results.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import dev.ridgepoint.results.Format;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.SampleBundle;
import dev.ridgepoint.results.json.StrictJson;
import dev.ridgepoint.results.validate.Resealed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The published schemas, used as a stranger would: as they are, on whole files. */
class SchemaTest {
    @TempDir
    Path folder;

    /** Checks the schema against the meta-schema on the way, which the program itself leaves out. */
    private static Validator.Result validate(Schemas schema, JsonNode tree) {
        Validator validator = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .createValidator();
        return validator.validate(validator.registerSchema(schema.text()), (Object) tree);
    }

    @Test
    void takeTheWholeFilesOfABundle() throws IOException {
        Path bundle = SampleBundle.complete(folder.resolve("bundle"));
        ObjectNode result = Resealed.read(bundle.resolve(Layout.RESULT));
        assertTrue(validate(Schemas.RESULT, result).isValid());
        assertTrue(validate(Schemas.CONTEXT, Resealed.read(bundle.resolve(Layout.CONTEXT)))
                .isValid());
        byte[] line =
                Files.readAllLines(bundle.resolve(Layout.ITERATIONS)).get(0).getBytes(StandardCharsets.UTF_8);
        assertTrue(validate(Schemas.ITERATION, StrictJson.document(line, 0, line.length))
                .isValid());

        ((ObjectNode) result.at("/cases/0/outcome/timing")).put("utilisation", 0.9);
        assertTrue(!validate(Schemas.RESULT, result).isValid());
    }

    @ParameterizedTest
    @EnumSource(
            value = Schemas.class,
            names = {"RESULT", "CONTEXT", "ITERATION"})
    void areOfTheDialectAndVersionTheyClaim(Schemas schema) throws IOException {
        byte[] bytes = schema.text().getBytes(StandardCharsets.UTF_8);
        JsonNode tree = StrictJson.document(bytes, 0, bytes.length);
        assertEquals(
                "https://json-schema.org/draft/2020-12/schema",
                tree.path("$schema").asText());
        assertTrue(
                tree.path("$id").asText().endsWith(":" + Format.VERSION),
                tree.path("$id").asText());
        for (JsonNode example : tree.path("examples")) {
            assertTrue(validate(schema, example).isValid(), () -> schema + ": " + example);
        }
        assertEquals(schema == Schemas.RESULT ? 0 : 1, tree.path("examples").size());
    }

    /** Unknown members are refused in every object we define, at every depth. */
    @ParameterizedTest
    @EnumSource(
            value = Schemas.class,
            names = {"RESULT", "CONTEXT", "ITERATION"})
    void areClosed(Schemas schema) throws IOException {
        byte[] bytes = schema.text().getBytes(StandardCharsets.UTF_8);
        int closed = closed(StrictJson.document(bytes, 0, bytes.length), "");
        assertTrue(closed > 0);
    }

    private static int closed(JsonNode node, String at) {
        int count = 0;
        boolean definesObject = node.has("properties")
                && node.has("required")
                && node.path("type").isTextual();
        if (definesObject && !at.endsWith("/outcome")) {
            assertTrue(node.has("additionalProperties"), at + " is open");
            count++;
        }
        for (var member : node.properties()) {
            count += closed(member.getValue(), at + "/" + member.getKey());
        }
        return count;
    }
}
