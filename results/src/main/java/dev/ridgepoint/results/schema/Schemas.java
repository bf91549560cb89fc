package dev.ridgepoint.results.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The JSON Schemas of a bundle's files, 2020-12, shipped as resources beside this class. */
public enum Schemas {
    RESULT("result", ""),
    CASE("result", "/$defs/case"),
    CONTEXT("context", ""),
    ITERATION("iteration", "");

    private static final String FOLDER = "/dev/ridgepoint/results/schema/";
    /** Keywords whose failure only says that another one failed within. */
    private static final Set<String> WRAPPERS = Set.of("allOf", "anyOf", "if", "then", "else");

    private static final Set<String> NOT_RULES = Set.of("$schema", "$id", "$defs");

    private final String file;
    private final String pointer;

    Schemas(String file, String pointer) {
        this.file = file;
        this.pointer = pointer;
    }

    /** Makes the rules of all of them, as asking the first would. */
    public static void prepare() {
        Rules.OF.size();
    }

    /** Name of the resource. */
    public String resource() {
        return FOLDER + file + ".schema.json";
    }

    /** The schema's text. */
    public String text() {
        try (InputStream in = Schemas.class.getResourceAsStream(resource())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(resource(), broken);
        }
    }

    /** What breaks a schema, and where in the tree. */
    public record Fault(String pointer, String message) {}

    /** What breaks the schema, the innermost faults first and three at the most; empty where nothing does. */
    public List<Fault> faults(JsonNode tree) {
        if (passes(tree)) {
            return List.of();
        }
        Validator.Result result = judge(tree);
        if (result.isValid()) {
            return List.of();
        }
        List<Fault> faults = result.getErrors().stream()
                .filter(fault -> !WRAPPERS.contains(String.valueOf(fault.getKeyword())))
                .sorted(Comparator.comparing((Error fault) -> depth(fault)).reversed())
                .limit(3)
                .map(fault -> new Fault(fault.getInstanceLocation(), sentence(fault)))
                .toList();
        return faults.isEmpty() ? List.of(new Fault("", "does not match the schema")) : faults;
    }

    /**
     * Refuses what breaks the schema.
     *
     * @param pointer where the tree lies in its file, for messages
     */
    public void require(JsonNode tree, String pointer) throws JsonFormatException {
        List<Fault> faults = faults(tree);
        if (!faults.isEmpty()) {
            throw new JsonFormatException(
                    pointer + faults.get(0).pointer(), faults.get(0).message());
        }
    }

    /** The head of {@code result.json} as a tree for {@link #RESULT}, the streamed arrays standing empty. */
    public static ObjectNode whole(ObjectNode head) {
        ObjectNode whole = head.deepCopy();
        whole.putArray("cases");
        whole.putArray("files");
        return whole;
    }

    private static long depth(Error fault) {
        return fault.getInstanceLocation().chars().filter(c -> c == '/').count();
    }

    private static String sentence(Error fault) {
        boolean unknown = fault.getEvaluationPath().endsWith("additionalProperties");
        return unknown ? "unknown member" : fault.getError();
    }

    private URI uri() {
        return URI.create("urn:ridgepoint:loaded:" + name());
    }

    /** This part of the file with every reference replaced by what it refers to, for they cost most of the time. */
    private JsonNode inlined() {
        try {
            byte[] bytes = text().getBytes(StandardCharsets.UTF_8);
            JsonNode whole = StrictJson.document(bytes, 0, bytes.length);
            return inline(whole.at(pointer), whole);
        } catch (IOException broken) {
            throw new UncheckedIOException(resource(), broken);
        }
    }

    private static JsonNode inline(JsonNode node, JsonNode whole) {
        if (node instanceof ObjectNode object) {
            JsonNode ref = object.get("$ref");
            if (ref != null) {
                return inline(whole.at(ref.textValue().substring(1)), whole);
            }
            ObjectNode copy = object.objectNode();
            object.properties().stream()
                    .filter(member -> !NOT_RULES.contains(member.getKey()))
                    .forEach(member -> copy.set(member.getKey(), inline(member.getValue(), whole)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(element -> copy.add(inline(element, whole)));
            return copy;
        }
        return node;
    }

    /** The library's verdict, whatever the rules say. */
    Validator.Result judge(JsonNode tree) {
        return Loaded.VALIDATOR.validate(uri(), (Object) tree);
    }

    /** Whether the rules alone let a tree pass; where they do not, the library is asked. */
    boolean passes(JsonNode tree) {
        return Rules.OF.get(this).keeps(tree);
    }

    private static final class Rules {
        static final Map<Schemas, SchemaRule> OF = new EnumMap<>(Schemas.class);

        static {
            for (Schemas schema : Schemas.values()) {
                OF.put(schema, SchemaRules.of(schema.inlined()));
            }
        }
    }

    /** Loaded where something is wrong, to say what. */
    private static final class Loaded {
        /** A test holds the schemas against their meta-schema; doing so at every start would cost 0.3 s. */
        static final Validator VALIDATOR = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .withDisabledSchemaValidation(true)
                .createValidator();

        static {
            for (Schemas schema : Schemas.values()) {
                VALIDATOR.registerSchema(schema.uri(), (Object) schema.inlined());
            }
        }
    }
}
