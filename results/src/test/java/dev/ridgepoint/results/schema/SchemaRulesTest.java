package dev.ridgepoint.results.schema;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.SampleBundle;
import dev.ridgepoint.results.json.StrictJson;
import dev.ridgepoint.results.validate.Resealed;
import dev.ridgepoint.results.validate.Swaps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that stand before the schema library, against the library: thousands of mutants, one verdict. */
class SchemaRulesTest {
    private static final int MUTANTS = Math.max(4000, Integer.getInteger("ridgepoint.fuzz", 0));

    private static final List<JsonNode> VALUES = List.of(
            tree("null"),
            tree("true"),
            tree("false"),
            tree("0"),
            tree("-0.5"),
            tree("1"),
            tree("-1"),
            tree("2.5"),
            tree("1e300"),
            tree("1e20"),
            tree("9007199254740991"),
            tree("\"\""),
            tree("\"x\""),
            tree("\"yes\""),
            tree("\"measured\""),
            tree("\"failed\""),
            tree("\"simulated\""),
            tree("\"NaN\""),
            tree("\"" + "0".repeat(64) + "\""),
            tree("\"" + "0".repeat(64) + "\\n\""),
            tree("\"" + "n".repeat(300) + "\""),
            tree("\"" + "n".repeat(301) + "\""),
            tree("\"" + "\\ud83d\\ude00".repeat(300) + "\""),
            tree("\"2026-11-22T00:00:00Z\""),
            tree("[]"),
            tree("[null]"),
            tree("[\"x\", \"\"]"),
            tree("{}"),
            tree("{\"a\": 1}"),
            tree("{\"kind\": \"skipped\", \"reason\": \"x\"}"));

    @TempDir
    Path folder;

    private final Map<Schemas, List<JsonNode>> sound = new EnumMap<>(Schemas.class);

    private static JsonNode tree(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return StrictJson.document(bytes, 0, bytes.length);
        } catch (IOException impossible) {
            throw new AssertionError(text, impossible);
        }
    }

    @BeforeEach
    void write() throws IOException {
        Path bundle = SampleBundle.complete(folder.resolve("bundle"));
        JsonNode result = Resealed.read(bundle.resolve(Layout.RESULT));
        sound.put(Schemas.RESULT, List.of(result));
        sound.put(Schemas.CONTEXT, List.of(Resealed.read(bundle.resolve(Layout.CONTEXT))));
        String line = Files.readAllLines(bundle.resolve(Layout.ITERATIONS)).get(0);
        sound.put(Schemas.ITERATION, List.of(tree(line)));
        List<JsonNode> cases = new ArrayList<>();
        result.path("cases").forEach(cases::add);
        sound.put(Schemas.CASE, cases);
    }

    @ParameterizedTest
    @EnumSource(Schemas.class)
    void theRulesSayWhatTheLibrarySays(Schemas schema) {
        int sparedAndRight = 0;
        int broken = 0;
        List<JsonNode> originals = sound.get(schema);
        originals.forEach(
                tree -> assertTrue(schema.judge(tree).isValid() && schema.passes(tree), () -> schema + ": " + tree));
        for (int seed = 0; seed < MUTANTS; seed++) {
            Random random = new Random(seed);
            JsonNode mutant = mutant(originals.get(random.nextInt(originals.size())), random);
            boolean valid = schema.judge(mutant).isValid();
            boolean passes = schema.passes(mutant);
            assertTrue(valid || !passes, "seed " + seed + " of " + schema + " passes, and the library refuses it");
            sparedAndRight += valid && passes ? 1 : 0;
            broken += valid ? 0 : 1;
            if (valid && !passes) {
                // Emoji count once and take two places, and line ends puzzle $: the library decides.
                String text = mutant.toString();
                assertTrue(text.contains("\ud83d") || text.contains("\\n"), "seed " + seed + " of " + schema);
            }
        }
        assertTrue(broken > MUTANTS / 4, broken + " are broken");
        assertTrue(sparedAndRight > 10, sparedAndRight + " are sound");
    }

    /** One to three values swapped, dropped, renamed or doubled, at any depth. */
    private static JsonNode mutant(JsonNode original, Random random) {
        JsonNode copy = original.deepCopy();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            Swaps.one(copy, VALUES.get(random.nextInt(VALUES.size())), random);
        }
        return copy;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"format\": \"date\"}",
                "{\"not\": {\"type\": \"null\"}}",
                "{\"$ref\": \"#/x\"}",
                "{\"uniqueItems\": true}",
                "{\"const\": 1}",
                "{\"enum\": [\"a\", 2]}",
                "{\"if\": {\"minLength\": 3}, \"then\": true}",
                "{\"type\": \"date\"}"
            })
    void aKeywordWithoutARuleFailsLoudly(String schema) {
        assertThrows(IllegalArgumentException.class, () -> SchemaRules.of(tree(schema)));
    }

    @Test
    void aRequiredMemberNeedsNoPropertyOfItsOwn() {
        SchemaRule rule =
                SchemaRules.of(tree("{\"required\": [\"a\"], \"properties\": {\"b\": {\"type\": \"null\"}}}"));
        assertTrue(rule.keeps(tree("{\"a\": 1, \"b\": null}")));
        assertTrue(!rule.keeps(tree("{\"b\": null}")));
        assertTrue(!rule.keeps(tree("{\"a\": 1, \"b\": 1}")));
        assertTrue(rule.keeps(JsonNodeFactory.instance.textNode("no object")));
    }
}
