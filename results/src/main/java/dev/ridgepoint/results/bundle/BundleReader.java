package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Format;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.LargeDigest;
import dev.ridgepoint.results.json.StrictJson;
import dev.ridgepoint.results.schema.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a bundle, cases and iterations streaming by so that none has to fit in memory. Trusts what it reads: validate
 * first what others made. A partial bundle shows every case its journal has, and a torn last line is left out.
 */
public final class BundleReader {
    /** Larger than any context. */
    public static final long MAX_CONTEXT = 4L << 20;

    private final Path bundle;
    private final RunDocument run;
    private final Context context;

    private BundleReader(Path bundle, RunDocument run, Context context) {
        this.bundle = bundle;
        this.run = run;
        this.context = context;
    }

    /**
     * Opens a bundle.
     *
     * @throws BundleException one line that names file and pointer
     */
    public static BundleReader open(Path bundle) throws IOException {
        try {
            RunDocument run = runOf(ResultScan.head(bundle.resolve(Layout.RESULT)));
            return new BundleReader(bundle, run, contextOf(bundle));
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(bundle.resolve(Layout.RESULT).toString(), malformed);
        } catch (IOException failed) {
            throw BundleException.cannot("read " + bundle, failed);
        }
    }

    /**
     * Opens a bundle and hands out what {@code each} makes of a glance at its cases, in order. {@code result.json} is read
     * once where the run is complete, its head comes before its cases and these are laid out as they are written; else as
     * {@link #open} and {@link #cases} do, which also word what is wrong. What a glance does not see it does not refuse.
     *
     * @param known what cases of bundles that were read before began with
     * @param each is asked again from the first case where one reading is not enough; a null is left out
     * @throws BundleException one line that names file and pointer
     */
    public static <R> Opened<R> glance(Path bundle, KnownCases known, Function<CaseGlance, R> each) throws IOException {
        List<R> cases = new ArrayList<>();
        BundleReader reader = inOneReading(bundle, known, glance -> keep(each.apply(glance), cases));
        if (reader == null) {
            cases.clear();
            reader = open(bundle);
            reader.cases(result -> keep(each.apply(CaseGlance.of(result)), cases));
        }
        return new Opened<>(reader, List.copyOf(cases));
    }

    /** A bundle and what was made of its cases. */
    public record Opened<R>(BundleReader reader, List<R> cases) {}

    private static <R> void keep(R made, List<R> cases) {
        if (made != null) {
            cases.add(made);
        }
    }

    /** Null where a bundle cannot be read so. */
    private static BundleReader inOneReading(Path bundle, KnownCases known, Consumer<CaseGlance> consumer) {
        ResultScan.Visitor complete = new ResultScan.Visitor() {
            @Override
            public void onHead(ObjectNode before) throws IOException {
                if (!before.path("status").asText().equals(RunDocument.COMPLETE)) {
                    throw new JsonFormatException("/status", "its cases may be elsewhere");
                }
            }
        };
        try {
            ObjectNode head = ResultScan.glance(
                    bundle.resolve(Layout.RESULT),
                    complete,
                    known,
                    (json, pointer) -> sound(json, CaseJson::read, pointer),
                    consumer);
            return new BundleReader(bundle, runOf(head), contextOf(bundle));
        } catch (IOException | RuntimeException unusual) {
            return null;
        }
    }

    /** The head of {@code result.json}, refused where its format is another major version. */
    public static RunDocument runOf(JsonNode head) throws JsonFormatException {
        String version = head.path("schema").asText();
        if (!major(version).equals(major(Format.VERSION))) {
            throw new JsonFormatException(
                    "/schema", "format " + version + " cannot be read; this program reads " + Format.VERSION);
        }
        ObjectNode rest = Schemas.whole((ObjectNode) head);
        Schemas.RESULT.require(rest, "");
        rest.remove(List.of("sha256", "cases", "files"));
        if (!rest.has("previousSha256")) {
            // Formats before 1.2.0 name the run before by its id alone.
            rest.putNull("previousSha256");
        }
        return Records.fromJson(rest, RunDocument.class, "");
    }

    private static String major(String version) {
        return version.substring(0, Math.max(0, version.indexOf('.')));
    }

    static Context contextOf(Path bundle) throws IOException {
        try (InputStream in = plain(bundle.resolve(Layout.CONTEXT))) {
            JsonNode tree = StrictJson.document(in, MAX_CONTEXT);
            Schemas.CONTEXT.require(tree, "");
            return Records.fromJson(tree, Context.class, "");
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(bundle.resolve(Layout.CONTEXT).toString(), malformed);
        }
    }

    /** A pipe would make a reader wait for ever, and a link lead out of the bundle. */
    private static InputStream plain(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new JsonFormatException("", "is not a plain file");
        }
        return Files.newInputStream(file);
    }

    public Path path() {
        return bundle;
    }

    public RunDocument run() {
        return run;
    }

    public Context context() {
        return context;
    }

    /** The seal of the whole document, as it states it. */
    public String sha256() throws IOException {
        try {
            return ResultScan.head(bundle.resolve(Layout.RESULT)).path("sha256").asText();
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(bundle.resolve(Layout.RESULT).toString(), malformed);
        }
    }

    /** Shows every case in order. */
    public void cases(Consumer<CaseResult> consumer) throws IOException {
        cases(CaseJson::read, consumer);
    }

    /**
     * Shows every case in order, each held against its own digest: for what is printed to be quoted. That the cases are
     * the ones the run ended with is for {@code validate}.
     *
     * @throws BundleException naming the first case that was changed
     */
    public void sealedCases(Consumer<CaseResult> consumer) throws IOException {
        LargeDigest.expect(bundle.resolve(Layout.RESULT).toFile().length());
        cases(CaseJson::readSealed, consumer);
    }

    /** How a case is made of its JSON. */
    private interface Reading {
        CaseResult of(JsonNode json, String pointer) throws JsonFormatException;
    }

    private void cases(Reading reading, Consumer<CaseResult> consumer) throws IOException {
        Path journal = bundle.resolve(Layout.JOURNAL);
        if (!run.complete() && Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS)) {
            journalled(journal, reading, consumer);
            return;
        }
        scan(new ResultScan.Visitor() {
            @Override
            public void onCase(int index, JsonNode element, long bytes) throws IOException {
                consumer.accept(sound(element, reading, "/cases/" + index));
            }
        });
    }

    /** What the schema lets pass has no null where nobody looks for one. */
    private static CaseResult sound(JsonNode json, Reading reading, String pointer) throws JsonFormatException {
        Schemas.CASE.require(json, pointer);
        return reading.of(json, pointer);
    }

    /** {@code result.json} may lag behind the journal by seconds when a run is killed. */
    private void journalled(Path file, Reading reading, Consumer<CaseResult> consumer) throws IOException {
        JournalIndex index = JournalIndex.of(file);
        try (FileChannel channel = FileChannel.open(file)) {
            for (JournalIndex.Slot slot : index.slots().values()) {
                byte[] text = JournalIndex.text(channel, slot);
                consumer.accept(sound(StrictJson.document(text, 0, text.length), reading, ""));
            }
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        }
    }

    /** All cases at once, for bundles known to be small. */
    public List<CaseResult> allCases() throws IOException {
        List<CaseResult> cases = new ArrayList<>();
        cases(cases::add);
        return cases;
    }

    /** Shows every file entry in order. */
    public void files(Consumer<FileEntry> consumer) throws IOException {
        scan(new ResultScan.Visitor() {
            @Override
            public void onFile(int index, JsonNode element) throws IOException {
                consumer.accept(Records.fromJson(element, FileEntry.class, "/files/" + index));
            }
        });
    }

    private void scan(ResultScan.Visitor visitor) throws IOException {
        try {
            ResultScan.scan(bundle.resolve(Layout.RESULT), visitor);
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(bundle.resolve(Layout.RESULT).toString(), malformed);
        }
    }

    /** Shows every iteration in the order they were recorded; those of one fork follow one another. */
    public void iterations(Consumer<IterationLine> consumer) throws IOException {
        Path file = bundle.resolve(Layout.ITERATIONS);
        try (InputStream in = plain(file)) {
            Lines lines = new Lines(in);
            IterationLines reader = new IterationLines();
            for (IterationLine line = reader.next(lines); line != null; line = reader.next(lines)) {
                consumer.accept(line);
            }
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        } catch (IOException failed) {
            throw BundleException.cannot("read " + file, failed);
        }
    }
}
