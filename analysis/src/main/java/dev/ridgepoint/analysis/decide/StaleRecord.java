package dev.ridgepoint.analysis.decide;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
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
     * @throws BundleException in one line, where the file is no such record
     */
    public static StaleRecord of(Path file, Now now) throws IOException {
        Map<String, JsonNode> head = head(file);
        try {
            expect(head, "/format", Decision.FORMAT);
            expect(head, "/schema", Decision.SCHEMA);
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
            throw new BundleException(file + " " + malformed.pointer() + ": " + malformed.getMessage());
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

    /** The members that decide whether it holds; its tables may be large and are passed over. */
    private static Map<String, JsonNode> head(Path file) throws IOException {
        Map<String, JsonNode> head = new HashMap<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                JsonParser parser = StrictJson.parser(in)) {
            if (StrictJson.next(parser) != JsonToken.START_OBJECT) {
                throw new JsonFormatException("", "expected an object");
            }
            for (JsonToken token = StrictJson.next(parser);
                    token != null && token != JsonToken.END_OBJECT;
                    token = StrictJson.next(parser)) {
                String name = parser.currentName();
                StrictJson.next(parser);
                switch (name) {
                    case "format", "schema", "made", "triggers" -> head.put(name, StrictJson.value(parser, MAX_MEMBER));
                    default -> skip(parser);
                }
            }
        } catch (JsonFormatException malformed) {
            throw new BundleException(file + " " + malformed.pointer() + ": " + malformed.getMessage());
        }
        return head;
    }

    private static void skip(JsonParser parser) throws IOException {
        int depth = 0;
        JsonToken token = parser.currentToken();
        while (token != null) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
            token = StrictJson.next(parser);
        }
        throw new JsonFormatException("", "ends in the middle");
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
