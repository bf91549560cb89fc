package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The JSON Schemas of a bundle's files, 2020-12, shipped as resources beside this class. */
public enum Schemas {
    RESULT("result", ""),
    CASE("result", "#/$defs/case"),
    FILE("result", "#/$defs/file"),
    CONTEXT("context", ""),
    ITERATION("iteration", "");

    private static final String FOLDER = "/dev/ridgepoint/results/schema/";
    /** Keywords whose failure only says that another one failed within. */
    private static final Set<String> WRAPPERS = Set.of("allOf", "anyOf", "if", "then", "else", "$ref");

    private final String file;
    private final String fragment;

    Schemas(String file, String fragment) {
        this.file = file;
        this.fragment = fragment;
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

    /** Reports what breaks the schema, the innermost faults first; true where nothing does. */
    boolean check(JsonNode tree, String inFile, String pointer, Findings findings) {
        Validator.Result result = Loaded.VALIDATOR.validate(uri(), (Object) tree);
        if (result.isValid()) {
            return true;
        }
        List<Error> faults = result.getErrors().stream()
                .filter(fault -> !WRAPPERS.contains(String.valueOf(fault.getKeyword())))
                .sorted(Comparator.comparing((Error fault) -> depth(fault)).reversed())
                .limit(3)
                .toList();
        faults.forEach(fault -> findings.error(inFile, pointer + fault.getInstanceLocation(), sentence(fault)));
        if (faults.isEmpty()) {
            findings.error(inFile, pointer, "does not match the schema");
        }
        return false;
    }

    private static long depth(Error fault) {
        return fault.getInstanceLocation().chars().filter(c -> c == '/').count();
    }

    private static String sentence(Error fault) {
        boolean unknown = fault.getEvaluationPath().endsWith("additionalProperties");
        return unknown ? "unknown member" : fault.getError();
    }

    private URI uri() {
        return URI.create(Loaded.ids[ordinal()] + fragment);
    }

    private static final class Loaded {
        /** A test holds the schemas against their meta-schema; doing so at every start would cost 0.3 s. */
        static final Validator VALIDATOR = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .withDisabledSchemaValidation(true)
                .createValidator();

        static final String[] ids = new String[Schemas.values().length];

        static {
            for (Schemas schema : Schemas.values()) {
                ids[schema.ordinal()] = VALIDATOR.registerSchema(schema.text()).toString();
            }
        }
    }
}
