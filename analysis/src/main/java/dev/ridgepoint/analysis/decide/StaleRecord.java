package dev.ridgepoint.analysis.decide;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ridgepoint.analysis.economics.Price;
import dev.ridgepoint.analysis.economics.PriceList;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A record of a decision, held against what is so now.
 *
 * @param file where it lies
 * @param made when it was made
 * @param fired what no longer holds
 * @param holding how many triggers were looked at and still hold
 * @param unseen what could not be looked at, a sentence each
 */
public record StaleRecord(Path file, String made, List<Fired> fired, int holding, List<String> unseen) {
    private static final long MAX_MEMBER = 8L << 20;

    /** The one list that is more than passed by. */
    private static final Set<String> KEPT = Set.of("triggers");

    public StaleRecord {
        fired = List.copyOf(fired);
        unseen = List.copyOf(unseen);
    }

    /** A trigger that fired: what it is, its value in the record and now. */
    public record Fired(String trigger, String then, String now) {}

    /**
     * What is so now.
     *
     * @param machine facts of this machine by where they stand in a context
     * @param prices the newest prices, or null
     * @param mix the newest mix, or null
     * @param today for the age of prices
     */
    public record Now(Map<String, String> machine, PriceList prices, Mix mix, LocalDate today) {
        public Now {
            machine = Map.copyOf(machine);
        }
    }

    /**
     * Reads a record and looks at each of its triggers.
     *
     * @throws BundleException in one line, where the file is no such record or not as it was written
     */
    public static StaleRecord of(Path file, Now now) throws IOException {
        Map<String, JsonNode> head = head(file);
        try {
            JsonNode triggers = head.get("triggers");
            if (triggers == null || !triggers.isArray()) {
                throw new JsonFormatException("/triggers", "missing");
            }
            List<Fired> fired = new ArrayList<>();
            List<String> unseen = new ArrayList<>();
            int holding = 0;
            for (int i = 0; i < triggers.size(); i++) {
                Trigger trigger = Records.fromJson(triggers.get(i), Trigger.class, "/triggers/" + i);
                int before = fired.size() + unseen.size();
                look(trigger, now, "/triggers/" + i, fired, unseen);
                holding += fired.size() + unseen.size() == before ? 1 : 0;
            }
            String made = head.containsKey("made") ? head.get("made").asText() : "";
            return new StaleRecord(file, made, fired, holding, unseen);
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        }
    }

    private static void expect(Map<String, JsonNode> head, String pointer, String value) throws JsonFormatException {
        JsonNode there = head.get(pointer.substring(1));
        if (there == null || !there.asText().equals(value)) {
            throw new JsonFormatException(
                    pointer,
                    "expected " + value + ", got " + (there == null ? "nothing" : there)
                            + "; a record is what 'ridgepoint decide --out' writes");
        }
    }

    /** The members that decide whether it holds. Its tables may be large: they pass by, for the seal. */
    private static Map<String, JsonNode> head(Path file) throws IOException {
        Map<String, JsonNode> head = new HashMap<>();
        RecordSeal seal = new RecordSeal();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                JsonParser parser = StrictJson.parser(in)) {
            if (StrictJson.next(parser) != JsonToken.START_OBJECT) {
                throw new JsonFormatException("", "expected an object");
            }
            while (next(parser) != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                boolean kept = KEPT.contains(name);
                if (next(parser) == JsonToken.START_ARRAY) {
                    ArrayNode elements = JsonNodeFactory.instance.arrayNode();
                    seal.list(name);
                    while (next(parser) != JsonToken.END_ARRAY) {
                        JsonNode element = StrictJson.value(parser, MAX_MEMBER);
                        seal.element(element);
                        if (kept) {
                            elements.add(element);
                        }
                    }
                    head.put(name, elements);
                } else {
                    JsonNode value = StrictJson.value(parser, MAX_MEMBER);
                    head.put(name, value);
                    if (!name.equals(RecordSeal.MEMBER)) {
                        seal.member(name, value);
                    }
                }
            }
            expect(head, "/format", Decision.FORMAT);
            expect(head, "/schema", Decision.SCHEMA);
            if (!seal.hex()
                    .equals(head.getOrDefault(RecordSeal.MEMBER, MissingNode.getInstance())
                            .asText())) {
                throw new JsonFormatException(
                        "/" + RecordSeal.MEMBER,
                        "the record is not as it was written; 'ridgepoint decide' makes a new one");
            }
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        }
        return head;
    }

    private static JsonToken next(JsonParser parser) throws IOException {
        JsonToken token = StrictJson.next(parser);
        if (token == null) {
            throw new JsonFormatException("", "ends in the middle");
        }
        return token;
    }

    private static void look(Trigger trigger, Now now, String at, List<Fired> fired, List<String> unseen)
            throws JsonFormatException {
        switch (trigger.kind()) {
            case Trigger.CONTEXT -> {
                String here = now.machine().get(trigger.pointer());
                if (here == null) {
                    unseen.add(trigger.name() + " (" + trigger.value() + "): not visible on this machine");
                } else {
                    differ(trigger, here, fired);
                }
            }
            case Trigger.PRICE -> {
                if (now.prices() == null) {
                    unseen.add(trigger.name() + " (" + trigger.value() + "): no --prices given");
                } else {
                    differ(
                            trigger,
                            now.prices().find(trigger.of()).map(Price::sentence).orElse("no price for it"),
                            fired);
                }
            }
            case Trigger.PRICE_AGE -> age(trigger, now.today(), at, fired);
            case Trigger.MIX -> {
                if (now.mix() == null) {
                    unseen.add(trigger.name() + " (" + trigger.value() + "): no --mix given");
                } else {
                    differ(trigger, now.mix().sha256(), fired);
                }
            }
            default -> throw new JsonFormatException(at + "/kind", "unknown '" + trigger.kind() + "'");
        }
    }

    private static void differ(Trigger trigger, String here, List<Fired> fired) {
        if (!here.equals(trigger.value())) {
            fired.add(new Fired(trigger.name(), trigger.value(), here));
        }
    }

    private static void age(Trigger trigger, LocalDate today, String at, List<Fired> fired) throws JsonFormatException {
        if (trigger.days() == null) {
            throw new JsonFormatException(at + "/days", "missing");
        }
        try {
            LocalDate expires = LocalDate.parse(trigger.value()).plusDays(trigger.days());
            if (today.isAfter(expires)) {
                fired.add(new Fired(
                        trigger.name(),
                        "as of " + trigger.value() + ", good for " + trigger.days() + " days",
                        "today is " + today));
            }
        } catch (DateTimeParseException none) {
            throw new JsonFormatException(at + "/value", "expected a day, got " + trigger.value());
        }
    }

    /** Whether nothing that could be looked at has changed. */
    public boolean holds() {
        return fired.isEmpty();
    }
}
