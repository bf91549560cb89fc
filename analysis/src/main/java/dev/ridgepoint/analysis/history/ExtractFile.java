package dev.ridgepoint.analysis.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.KnownCases;
import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The extract of a bundle: read from its {@code result.json} once, and from then on from a scratch file beside it, some
 * thirty times smaller. The scratch file names size and time of the {@code result.json} it was made of, and is made
 * again where these differ; it begins with a dot, so that no digest of the bundle covers it. It is only a memory: nothing
 * is lost with it, and a gate never reads it.
 */
final class ExtractFile {
    static final String NAME = ".history-1.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFactory JSON = MAPPER.getFactory();

    private ExtractFile() {}

    /**
     * Reads a bundle, from its scratch file where that is current.
     *
     * @param known what cases of the runs read before began with
     * @param words texts seen before, each kept once: runs share nearly all of theirs
     * @param notes takes a sentence where no scratch file could be left
     */
    static RunExtract read(Path bundle, KnownCases known, Map<String, String> words, List<String> notes)
            throws IOException {
        String stamp = stamp(bundle.resolve(Layout.RESULT));
        RunExtract kept = kept(bundle.resolve(NAME), stamp, words);
        if (kept != null) {
            return kept;
        }
        RunExtract fresh = fresh(BundleReader.glance(bundle, known, seen -> once(RunPoint.of(seen), words)));
        try {
            keep(fresh, bundle.resolve(NAME), stamp);
        } catch (IOException readOnly) {
            notes.add(bundle + " takes no scratch file, so that it is read in full every time");
        }
        return fresh;
    }

    private static String stamp(Path result) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(result, BasicFileAttributes.class);
        return attributes.size() + " bytes of " + attributes.lastModifiedTime().toInstant();
    }

    private static RunExtract fresh(BundleReader.Opened<RunPoint> opened) throws IOException {
        BundleReader reader = opened.reader();
        try {
            return new RunExtract(
                    reader.run().runId(),
                    reader.run().started(),
                    reader.run().protocol().digest(),
                    reader.context().identity(),
                    opened.cases());
        } catch (DateTimeException noTime) {
            throw new BundleException(reader.path().resolve(Layout.RESULT) + " /started: is no time");
        }
    }

    static void keep(RunExtract extract, Path file, String stamp) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(unfinished);
                    JsonGenerator json = JSON.createGenerator(out)) {
                json.writeStartArray();
                json.writeString(stamp);
                json.writeString(extract.runId());
                json.writeString(extract.started());
                json.writeString(extract.protocol());
                json.writeTree(extract.context());
                for (RunPoint point : extract.points()) {
                    json.writeString(point.key());
                    json.writeString(point.subject());
                    json.writeString(point.benchmark());
                    json.writeNumber(Math.round(point.log() * RunPoint.LOG_UNITS));
                    json.writeNumber(point.forks());
                    json.writeBoolean(point.valid());
                }
                json.writeEndArray();
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Null where there is none of this stamp, or what is there is not whole. */
    private static RunExtract kept(Path file, String stamp, Map<String, String> words) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (JsonParser json = JSON.createParser(file.toFile())) {
            json.nextToken();
            if (!stamp.equals(json.nextTextValue())) {
                return null;
            }
            String runId = json.nextTextValue();
            String started = json.nextTextValue();
            String protocol = json.nextTextValue();
            json.nextToken();
            JsonNode context = json.readValueAsTree();
            List<RunPoint> points = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                points.add(point(json, words));
            }
            return new RunExtract(runId, started, protocol, context, points);
        } catch (JsonProcessingException | DateTimeException broken) {
            return null;
        }
    }

    private static RunPoint point(JsonParser json, Map<String, String> words) throws IOException {
        String key = once(json.getValueAsString(), words);
        String subject = once(json.nextTextValue(), words);
        String benchmark = once(json.nextTextValue(), words);
        json.nextToken();
        double log = json.getLongValue() / RunPoint.LOG_UNITS;
        int forks = json.nextIntValue(0);
        return new RunPoint(key, subject, benchmark, log, forks, json.nextBooleanValue());
    }

    private static RunPoint once(RunPoint point, Map<String, String> words) {
        return point == null
                ? null
                : new RunPoint(
                        once(point.key(), words),
                        once(point.subject(), words),
                        once(point.benchmark(), words),
                        point.log(),
                        point.forks(),
                        point.valid());
    }

    private static String once(String text, Map<String, String> words) {
        if (text == null) {
            return null;
        }
        String first = words.putIfAbsent(text, text);
        return first == null ? text : first;
    }
}
