package dev.ridgepoint.analysis.economics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file of prices: {@code {"prices": [{"device", "amount", "currency", "per": "hour", "asOf", "source"}, ...]}}.
 *
 * @param file where it was read, for messages
 * @param sha256 digest of its canonical JSON: white space and order of members do not change it
 * @param prices one a device
 */
public record PriceList(Path file, String sha256, List<Price> prices) {
    private static final long MAX_FILE = 1L << 20;
    private static final List<String> MEMBERS = List.of("device", "amount", "currency", "per", "asOf", "source");

    public PriceList {
        prices = List.copyOf(prices);
    }

    /**
     * Reads one, strictly.
     *
     * @param today a price read later than this is a slip
     * @throws BundleException in one line that names file and member
     */
    public static PriceList read(Path file, LocalDate today) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode document = StrictJson.document(in, MAX_FILE);
            JsonNode entries = document.path("prices");
            if (!entries.isArray() || entries.isEmpty() || document.size() != 1) {
                throw new JsonFormatException("/prices", "expected {\"prices\": [...]} with at least one price");
            }
            Map<String, Price> byDevice = new LinkedHashMap<>();
            for (int i = 0; i < entries.size(); i++) {
                Price price = price(entries.get(i), "/prices/" + i, today);
                if (byDevice.put(price.device(), price) != null) {
                    throw new JsonFormatException(
                            "/prices/" + i + "/device", "'" + price.device() + "' is there twice");
                }
            }
            return new PriceList(file, CanonicalJson.sha256(document), List.copyOf(byDevice.values()));
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        }
    }

    private static Price price(JsonNode entry, String at, LocalDate today) throws JsonFormatException {
        for (String member : MEMBERS) {
            if (!entry.hasNonNull(member)) {
                throw new JsonFormatException(at + "/" + member, "missing; a price has " + String.join(", ", MEMBERS));
            }
        }
        for (Map.Entry<String, JsonNode> member : entry.properties()) {
            if (!MEMBERS.contains(member.getKey())) {
                throw new JsonFormatException(at + "/" + member.getKey(), refusal(member.getKey()));
            }
        }
        Price price = Records.fromJson(entry, Price.class, at);
        if (price.day().isAfter(today)) {
            throw new JsonFormatException(at + "/asOf", price.asOf() + " is later than today, " + today);
        }
        return price;
    }

    private static String refusal(String member) {
        String name = member.toLowerCase(Locale.ROOT);
        boolean nominal = List.of("tdp", "watt", "power", "peak", "flops", "energy").stream()
                .anyMatch(name::contains);
        return nominal
                ? "refused: nothing is derived from a TDP or a peak; energy comes from the device's counter during the run"
                : "unknown member; a price has " + String.join(", ", MEMBERS);
    }

    /** The price of a device, by its exact name; empty where the file has none. */
    public Optional<Price> find(String device) {
        return prices.stream().filter(price -> price.device().equals(device)).findFirst();
    }

    /**
     * The price of a device.
     *
     * @throws BundleException naming the devices that have one
     */
    public Price of(String device) throws BundleException {
        return find(device)
                .orElseThrow(() ->
                        new BundleException(file + " /prices: no price for '" + device + "'; there is one for "
                                + prices.stream()
                                        .map(price -> "'" + price.device() + "'")
                                        .collect(Collectors.joining(", "))));
    }
}
