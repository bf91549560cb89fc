package dev.ridgepoint.analysis.targets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.results.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The targets that come with Ridgepoint: {@code targets.json}, a row a target, and where they hold.
 *
 * @param devices words of which one stands in a device's name
 * @param domain timing domain of every case
 * @param cacheState cache state of every case
 * @param distribution what every case's inputs are drawn from
 */
public record Targets(
        List<String> devices, String domain, String cacheState, String distribution, List<Target> targets) {
    public Targets {
        devices = List.copyOf(devices);
        targets = List.copyOf(targets);
        Set<String> names = new HashSet<>();
        for (Target target : targets) {
            if (!names.add(target.name())) {
                throw new IllegalArgumentException(target.name() + ": listed twice");
            }
        }
    }

    /** Those that come with Ridgepoint. */
    public static Targets load() {
        try (InputStream in = Targets.class.getResourceAsStream("targets.json")) {
            return read(new ObjectMapper().readTree(in), Catalogue.load());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** @throws IllegalArgumentException naming the target and the field */
    static Targets read(JsonNode json, Catalogue catalogue) {
        List<Target> targets = new ArrayList<>();
        for (JsonNode row : json.path("targets")) {
            targets.add(target(row, catalogue));
        }
        List<String> devices = new ArrayList<>();
        json.path("devices").forEach(device -> devices.add(device.asText()));
        return new Targets(
                devices,
                text(json, "domain", "targets"),
                text(json, "cache", "targets"),
                text(json, "inputs", "targets"),
                targets);
    }

    private static Target target(JsonNode row, Catalogue catalogue) {
        String name = text(row, "name", "targets");
        return new Target(
                name,
                RatioKind.parse(text(row, "ratio", name)),
                choice(row, name, catalogue),
                row.has("over") ? choice(row.path("over"), name, catalogue) : null,
                row.path("goal").asDouble(),
                row.path("gate").asDouble(),
                text(row, "source", name));
    }

    private static CaseChoice choice(JsonNode row, String name, Catalogue catalogue) {
        return CaseChoice.of(catalogue, text(row, "case", name), text(row, "kernels", name));
    }

    private static String text(JsonNode row, String field, String of) {
        if (!row.path(field).isTextual()) {
            throw new IllegalArgumentException(of + ": " + field + ": missing");
        }
        return row.path(field).asText();
    }

    /** Why a GPU is none that they are for, null where it is one: GH200 is no H200, and a slice has other ratios. */
    String elsewhere(Context.Device gpu) {
        if ("on".equals(gpu.properties().get("mig"))) {
            return "a slice of " + gpu.name() + ", and targets are for whole ones";
        }
        String words = devices.stream().map(Pattern::quote).collect(Collectors.joining("|", "\\b(", ")\\b"));
        return Pattern.compile(words).matcher(gpu.name()).find()
                ? null
                : gpu.name() + " is none of " + String.join(", ", devices) + ", which targets are for";
    }
}
