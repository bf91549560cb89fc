package dev.ridgepoint.results.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Makes rules out of the schema of a part of a bundle when the program starts: ten thousand cases are then held against
 * it without a library's general machinery. A rule only ever spares the library its work: what breaks a rule is shown
 * to the library, whose verdict and words count. So a rule may be stricter than the keyword, never laxer, and within
 * {@code if} it must be exact. Only keywords that our schemas use are known; another one fails loudly.
 */
final class SchemaRules {
    private static final Set<String> NO_RULES =
            Set.of("$schema", "$id", "$defs", "title", "description", "examples", "then", "else");

    /** Keywords of objects, which are taken together. */
    private static final Set<String> OF_OBJECTS =
            Set.of("properties", "required", "additionalProperties", "propertyNames");

    /** What an {@code if} may ask: here the rules say neither more nor less than the keywords. */
    private static final Set<String> EXACT = Set.of("properties", "required", "type", "const", "enum");

    private static final Map<String, Keyword> KEYWORDS = Map.ofEntries(
            Map.entry("type", (value, schema) -> type(value)),
            Map.entry("enum", (value, schema) -> oneOf(value)),
            Map.entry("const", (value, schema) -> same(value)),
            Map.entry("pattern", (value, schema) -> pattern(value)),
            // Lengths count characters, of which some take two places: what is near the bound is left to the library.
            Map.entry("minLength", (value, schema) -> text(t -> t.length() >= 2 * value.asInt() - 1)),
            Map.entry("maxLength", (value, schema) -> text(t -> t.length() <= value.asInt())),
            Map.entry("minimum", (value, schema) -> number(n -> n >= value.doubleValue())),
            Map.entry("maximum", (value, schema) -> number(n -> n <= value.doubleValue())),
            Map.entry("exclusiveMinimum", (value, schema) -> number(n -> n > value.doubleValue())),
            Map.entry("exclusiveMaximum", (value, schema) -> number(n -> n < value.doubleValue())),
            Map.entry("minItems", (value, schema) -> array(a -> a.size() >= value.asInt())),
            Map.entry("items", (value, schema) -> items(of(value))),
            Map.entry("allOf", (value, schema) -> all(each(value))),
            Map.entry("anyOf", (value, schema) -> any(each(value))),
            Map.entry("if", SchemaRules::choice));

    private SchemaRules() {}

    private interface Keyword {
        SchemaRule rule(JsonNode value, JsonNode schema);
    }

    /**
     * The rule of a schema without references.
     *
     * @throws IllegalArgumentException naming a keyword that has no rule here
     */
    static SchemaRule of(JsonNode schema) {
        if (schema.isBoolean()) {
            boolean open = schema.booleanValue();
            return value -> open;
        }
        List<SchemaRule> rules = new ArrayList<>();
        boolean object = false;
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            object |= OF_OBJECTS.contains(member.getKey());
            Keyword keyword = KEYWORDS.get(member.getKey());
            if (keyword != null) {
                rules.add(keyword.rule(member.getValue(), schema));
            } else if (!NO_RULES.contains(member.getKey()) && !OF_OBJECTS.contains(member.getKey())) {
                throw new IllegalArgumentException("no rule for the keyword " + member.getKey());
            }
        }
        if (object) {
            rules.add(new ObjectRule(schema));
        }
        return rules.size() == 1 ? rules.get(0) : all(rules);
    }

    private static List<SchemaRule> each(JsonNode schemas) {
        List<SchemaRule> rules = new ArrayList<>();
        schemas.forEach(schema -> rules.add(of(schema)));
        return rules;
    }

    private static SchemaRule all(List<SchemaRule> rules) {
        SchemaRule[] each = rules.toArray(SchemaRule[]::new);
        return value -> {
            for (SchemaRule rule : each) {
                if (!rule.keeps(value)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static SchemaRule any(List<SchemaRule> rules) {
        SchemaRule[] each = rules.toArray(SchemaRule[]::new);
        return value -> {
            for (SchemaRule rule : each) {
                if (rule.keeps(value)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static SchemaRule choice(JsonNode condition, JsonNode schema) {
        refuseInexact(condition);
        SchemaRule test = of(condition);
        SchemaRule then = schema.has("then") ? of(schema.get("then")) : value -> true;
        SchemaRule otherwise = schema.has("else") ? of(schema.get("else")) : value -> true;
        return value -> (test.keeps(value) ? then : otherwise).keeps(value);
    }

    private static void refuseInexact(JsonNode schema) {
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            if (!EXACT.contains(member.getKey())) {
                throw new IllegalArgumentException("no exact rule for the keyword " + member.getKey());
            }
        }
        schema.path("properties").forEach(SchemaRules::refuseInexact);
    }

    private static SchemaRule type(JsonNode names) {
        EnumSet<JsonType> types = EnumSet.noneOf(JsonType.class);
        if (names.isTextual()) {
            types.add(JsonType.named(names.textValue()));
        }
        names.forEach(name -> types.add(JsonType.named(name.textValue())));
        JsonType[] each = types.toArray(JsonType[]::new);
        return value -> {
            for (JsonType type : each) {
                if (type.has(value)) {
                    return true;
                }
            }
            return false;
        };
    }

    private enum JsonType {
        OBJECT(JsonNode::isObject),
        ARRAY(JsonNode::isArray),
        STRING(JsonNode::isTextual),
        NUMBER(JsonNode::isNumber),
        INTEGER(JsonNode::canConvertToExactIntegral),
        BOOLEAN(JsonNode::isBoolean),
        NULL(JsonNode::isNull);

        private final Predicate<JsonNode> test;

        JsonType(Predicate<JsonNode> test) {
            this.test = test;
        }

        static JsonType named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        boolean has(JsonNode value) {
            return test.test(value);
        }
    }

    private static SchemaRule oneOf(JsonNode allowed) {
        Set<JsonNode> values = new HashSet<>();
        allowed.forEach(value -> values.add(plain(value)));
        return values::contains;
    }

    private static SchemaRule same(JsonNode expected) {
        return plain(expected)::equals;
    }

    /** Numbers have several spellings of one value; none of our schemas lists any. */
    private static JsonNode plain(JsonNode value) {
        if (!value.isTextual() && !value.isBoolean() && !value.isNull()) {
            throw new IllegalArgumentException("no rule for the constant " + value);
        }
        return value;
    }

    private static SchemaRule pattern(JsonNode expression) {
        Pattern pattern = Pattern.compile(expression.textValue());
        // Java's $ is before a last line's end too.
        return text(text -> pattern.matcher(text).find() && text.indexOf('\n') < 0 && text.indexOf('\r') < 0);
    }

    private static SchemaRule text(Predicate<String> test) {
        return value -> !value.isTextual() || test.test(value.textValue());
    }

    private static SchemaRule number(DoublePredicate test) {
        return value -> !value.isNumber() || test.test(value.doubleValue());
    }

    private static SchemaRule array(Predicate<JsonNode> test) {
        return value -> !value.isArray() || test.test(value);
    }

    private static SchemaRule items(SchemaRule rule) {
        return array(array -> {
            for (int i = 0; i < array.size(); i++) {
                if (!rule.keeps(array.get(i))) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Members by name: one look-up each, whatever the schema asks of them. */
    private static final class ObjectRule implements SchemaRule {
        private final Map<String, Member> members = new HashMap<>();
        private final SchemaRule others;
        private final SchemaRule names;
        private final int required;

        private record Member(SchemaRule rule, boolean required) {}

        ObjectRule(JsonNode schema) {
            others = schema.has("additionalProperties") ? of(schema.get("additionalProperties")) : value -> true;
            names = schema.has("propertyNames") ? of(schema.get("propertyNames")) : null;
            Set<String> mustBe = new HashSet<>();
            schema.path("required").forEach(name -> mustBe.add(name.textValue()));
            required = mustBe.size();
            schema.path("properties").properties().forEach(property -> {
                boolean needed = mustBe.remove(property.getKey());
                members.put(property.getKey(), new Member(of(property.getValue()), needed));
            });
            mustBe.forEach(name -> members.put(name, new Member(others, true)));
        }

        @Override
        public boolean keeps(JsonNode value) {
            if (!value.isObject()) {
                return true;
            }
            int found = 0;
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                Member member = members.get(entry.getKey());
                boolean kept = member == null ? others.keeps(entry.getValue()) : member.rule.keeps(entry.getValue());
                if (!kept || names != null && !names.keeps(TextNode.valueOf(entry.getKey()))) {
                    return false;
                }
                found += member != null && member.required ? 1 : 0;
            }
            return found == required;
        }
    }
}
