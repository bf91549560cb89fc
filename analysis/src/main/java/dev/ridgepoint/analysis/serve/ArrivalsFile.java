package dev.ridgepoint.analysis.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.Sha256;
import dev.ridgepoint.results.json.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recorded arrivals: lines of {@code {"time": seconds, "prompt_tokens": n, "output_tokens": n}}, or CSV under the head
 * {@code time,prompt_tokens,output_tokens}, in the order of their times.
 */
public final class ArrivalsFile {
    private static final List<String> FIELDS = List.of("time", "prompt_tokens", "output_tokens");
    private static final int LONGEST_LINE = 1 << 12;

    private final List<Request> requests = new ArrayList<>();
    private final MessageDigest digest = Sha256.digest();
    private List<String> head;

    /** As much as the most requests take; asked first, so that no line is read that would not fit. */
    private static final long MOST_BYTES = 128L << 20;

    private ArrivalsFile() {}

    /**
     * Reads one.
     *
     * @throws BundleException in one line that names file and line
     */
    public static Arrivals read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new BundleException(file + ": larger than recorded arrivals may be (128 MiB)");
        }
        ArrivalsFile reader = new ArrivalsFile();
        long number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                reader.line(line);
            }
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file + " line " + number, malformed);
        } catch (IllegalArgumentException wrong) {
            throw new BundleException(file + " line " + number + ": " + wrong.getMessage());
        }
        if (reader.requests.isEmpty()) {
            throw new BundleException(file + ": holds no request");
        }
        return new Arrivals(
                "recorded, " + reader.requests.size() + " requests", Sha256.hex(reader.digest), 0, reader.requests);
    }

    private void line(String line) throws JsonFormatException, IOException {
        if (line.length() > LONGEST_LINE) {
            throw new IllegalArgumentException("longer than " + LONGEST_LINE + " characters");
        }
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        if (line.isBlank()) {
            return;
        }
        if (line.stripLeading().startsWith("{")) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            add(object(StrictJson.document(bytes, 0, bytes.length)));
        } else if (head == null) {
            head = cells(line);
            if (!head.containsAll(FIELDS)) {
                throw new IllegalArgumentException(
                        "expected lines of JSON, or a head with " + String.join(",", FIELDS) + ", got '" + line + "'");
            }
        } else {
            add(row(cells(line)));
        }
    }

    private void add(Request request) {
        if (!requests.isEmpty()
                && request.arrivalNs() < requests.get(requests.size() - 1).arrivalNs()) {
            throw new IllegalArgumentException(
                    "time: " + request.arrivalNs() / 1e9 + " s is before the line above; sort the file by time");
        }
        if (requests.size() == Arrivals.MOST) {
            throw new IllegalArgumentException("more than " + Arrivals.MOST + " requests");
        }
        requests.add(request);
    }

    private static Request object(JsonNode line) {
        for (String field : FIELDS) {
            if (!line.path(field).isNumber()) {
                throw new IllegalArgumentException(field + ": missing, or no number");
            }
        }
        return request(
                line.path("time").asDouble(),
                line.path("prompt_tokens").asDouble(),
                line.path("output_tokens").asDouble());
    }

    private Request row(List<String> cells) {
        if (cells.size() != head.size()) {
            throw new IllegalArgumentException("expected " + head.size() + " cells, got " + cells.size());
        }
        double[] values = FIELDS.stream()
                .mapToDouble(field -> number(field, cells.get(head.indexOf(field))))
                .toArray();
        return request(values[0], values[1], values[2]);
    }

    private static double number(String field, String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(field + ": expected a number, got '" + cell + "'", none);
        }
    }

    private static Request request(double seconds, double promptTokens, double outputTokens) {
        return new Request(seconds * 1e9, whole("prompt_tokens", promptTokens), whole("output_tokens", outputTokens));
    }

    private static long whole(String field, double value) {
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException(field + ": expected a whole number, got " + value);
        }
        return (long) value;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }
}
