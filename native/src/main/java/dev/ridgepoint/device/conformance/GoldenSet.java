package dev.ridgepoint.device.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.kernels.json.JsonComplaint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder of goldens of one device: {@code origin.json}, and {@code goldens.ndjson} with a line a vector, appended as
 * each is recorded, so that what was recorded survives whatever comes after it.
 */
public final class GoldenSet {
    static final String ORIGIN = "origin.json";
    static final String GOLDENS = "goldens.ndjson";
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;
    private final Origin origin;
    private final Map<String, Golden> goldens;

    private GoldenSet(Path folder, Origin origin, Map<String, Golden> goldens) {
        this.folder = folder;
        this.origin = origin;
        this.goldens = goldens;
    }

    /** The sets in the folders of a folder, or in it itself. */
    public static List<Path> in(Path folder) throws IOException {
        if (Files.isRegularFile(folder.resolve(ORIGIN))) {
            return List.of(folder);
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(set -> Files.isRegularFile(set.resolve(ORIGIN)))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads a set.
     *
     * @throws IOException one line, naming file and line, if it is not there or not a set
     */
    public static GoldenSet read(Path folder) throws IOException {
        Path file = folder.resolve(ORIGIN);
        Origin origin;
        try {
            origin = JSON.readValue(Files.readString(file), Origin.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": " + JsonComplaint.of(e), e);
        }
        if (origin.format() != Origin.FORMAT || origin.arch() == null || origin.device() == null) {
            throw new IOException(file + ": format, device, arch: expected format " + Origin.FORMAT + ", got "
                    + origin.format() + ", " + origin.device() + ", " + origin.arch());
        }
        return new GoldenSet(folder, origin, goldens(folder.resolve(GOLDENS)));
    }

    /**
     * Starts a set, or goes on with one of the same device.
     *
     * @throws IOException one line, if the folder holds something else
     */
    public static GoldenSet open(Path folder, Origin origin) throws IOException {
        if (Files.exists(folder.resolve(ORIGIN))) {
            GoldenSet begun = read(folder);
            Origin there = begun.origin;
            if (!there.device().equals(origin.device())
                    || !there.arch().equals(origin.arch())
                    || !there.ridgepoint().equals(origin.ridgepoint())
                    || there.emulated() != origin.emulated()) {
                throw new IOException(folder + ": holds goldens of " + there.describe() + " by " + there.ridgepoint()
                        + "; record into another folder");
            }
            return begun;
        }
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(ORIGIN), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(origin) + "\n");
        return new GoldenSet(folder, origin, new LinkedHashMap<>());
    }

    private static Map<String, Golden> goldens(Path file) throws IOException {
        Map<String, Golden> goldens = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return goldens;
        }
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                Golden golden = JSON.readValue(line, Golden.class);
                golden.check();
                if (goldens.put(golden.id(), golden) != null) {
                    throw new IOException(file + ":" + number + ": " + golden.id() + " is there twice");
                }
            }
        } catch (JsonProcessingException e) {
            throw new IOException(file + ":" + number + ": " + JsonComplaint.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ":" + number + ": " + e.getMessage(), e);
        }
        return goldens;
    }

    /** Appends a golden. */
    void add(Golden golden) throws IOException {
        goldens.put(golden.id(), golden);
        Files.writeString(
                folder.resolve(GOLDENS),
                JSON.writeValueAsString(golden) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    public Path folder() {
        return folder;
    }

    public Origin origin() {
        return origin;
    }

    /** Whether a vector was not recorded yet. */
    public boolean lacks(TestVector vector) {
        return !goldens.containsKey(vector.id());
    }

    /** All of them, in the order they were recorded. */
    public List<Golden> goldens() {
        return new ArrayList<>(goldens.values());
    }
}
