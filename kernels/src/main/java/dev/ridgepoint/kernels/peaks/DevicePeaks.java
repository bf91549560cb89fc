package dev.ridgepoint.kernels.peaks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.kernels.peaks.DevicePeak.Source;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.workload.NearMatches;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Declared peaks of GPUs by name. What a CPU can do is measured, not declared, and not here. */
public final class DevicePeaks {
    private static final Map<String, List<DType>> TYPES = Map.of(
            "fp32", List.of(DType.FP32),
            "tf32", List.of(DType.TF32),
            "fp16", List.of(DType.FP16),
            "bf16", List.of(DType.BF16),
            "fp8", List.of(DType.FP8_E4M3, DType.FP8_E5M2),
            "int8", List.of(DType.INT8),
            "fp4", List.of(DType.FP4_E2M1));

    private final Map<String, DevicePeak> byName;
    private final Map<String, DevicePeak> byAlias = new LinkedHashMap<>();

    private DevicePeaks(Map<String, DevicePeak> byName) {
        this.byName = byName;
        for (DevicePeak device : byName.values()) {
            alias(device.name(), device);
            device.aliases().forEach(alias -> alias(alias, device));
        }
    }

    private void alias(String alias, DevicePeak device) {
        DevicePeak before = byAlias.put(key(alias), device);
        if (before != null && before != device) {
            throw new IllegalArgumentException("device '" + device.name() + "': aliases: '" + alias + "' is taken");
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }

    /** The table that comes with Ridgepoint. */
    public static DevicePeaks load() {
        try (InputStream in = DevicePeaks.class.getResourceAsStream("device-peaks.json")) {
            return read(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException naming the device and the field
     */
    static DevicePeaks read(InputStream json) throws IOException {
        Map<String, DevicePeak> devices = new LinkedHashMap<>();
        try {
            for (JsonNode entry : new ObjectMapper().readTree(json).path("devices")) {
                DevicePeak device = device(entry);
                devices.put(device.name(), device);
            }
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("device peaks: " + malformed.getOriginalMessage(), malformed);
        }
        return new DevicePeaks(devices);
    }

    private static DevicePeak device(JsonNode json) {
        String name = json.path("name").asText();
        Map<DType, Double> rates = new EnumMap<>(DType.class);
        for (Map.Entry<String, JsonNode> rate : json.path("dense_tflops").properties()) {
            String field = "dense_tflops." + rate.getKey();
            List<DType> types = TYPES.get(rate.getKey());
            if (types == null) {
                throw error(name, field, "known are " + TYPES.keySet());
            }
            types.forEach(type -> rates.put(type, positive(name, field, rate.getValue())));
        }
        List<String> aliases = new ArrayList<>();
        json.path("aliases").forEach(alias -> aliases.add(alias.asText()));
        return new DevicePeak(
                name,
                aliases,
                rates,
                positive(name, "bandwidth_tbs", json.path("bandwidth_tbs")),
                positive(name, "l2_mb", json.path("l2_mb")),
                (int) positive(name, "sms", json.path("sms")),
                sources(name, json.path("sources")));
    }

    private static List<Source> sources(String name, JsonNode json) {
        List<Source> sources = new ArrayList<>();
        for (JsonNode source : json) {
            sources.add(new Source(
                    text(name, source, "of"),
                    text(name, source, "title"),
                    text(name, source, "url"),
                    text(name, source, "how"),
                    text(name, source, "checked")));
        }
        if (sources.isEmpty()) {
            throw error(name, "sources", "a figure without a source is not one");
        }
        return sources;
    }

    private static String text(String name, JsonNode json, String field) {
        if (!json.path(field).isTextual()) {
            throw error(name, "sources." + field, "missing");
        }
        return json.get(field).asText();
    }

    private static double positive(String name, String field, JsonNode value) {
        if (!value.isNumber() || value.asDouble() <= 0) {
            throw error(name, field, "expected a number above 0, got " + value);
        }
        return value.asDouble();
    }

    private static IllegalArgumentException error(String device, String field, String problem) {
        return new IllegalArgumentException("device '" + device + "': " + field + ": " + problem);
    }

    /** All devices, in the table's order. */
    public Collection<DevicePeak> devices() {
        return byName.values();
    }

    /** The device of a name or alias, case and separators aside, if it is in the table. */
    public Optional<DevicePeak> find(String name) {
        return Optional.ofNullable(byAlias.get(key(name)));
    }

    /**
     * The device of a name or alias.
     *
     * @throws IllegalArgumentException naming the nearest known ones
     */
    public DevicePeak device(String name) {
        return find(name).orElseThrow(() -> NearMatches.unknown("device", name, byName.keySet()));
    }
}
