package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.CaseJson;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.ResultScan;
import dev.ridgepoint.results.bundle.Seal;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.LargeDigest;
import dev.ridgepoint.results.json.Sha256;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Checks a bundle that anyone may have made or changed: form, digests, and that its files say the same. Never throws,
 * and reads files larger than memory.
 *
 * @param <R> what is kept of a case
 */
public final class BundleValidator<R> {
    private static final String SEAL = "sha256";
    /** Stands in the head while the cases stream by: the seal itself comes at the end of the file. */
    private static final String TO_COME = "0".repeat(64);

    private final Path bundle;
    private final Path result;
    private final Validated.Keeping<R> keeping;
    private final Findings findings = new Findings();
    private final MeasuredForks forks = new MeasuredForks();
    private final FileChecks files;
    private final HeadChecks heads = new HeadChecks(findings);
    private final Seal seal = new Seal();
    private final List<R> kept = new ArrayList<>();
    /** Null where the head is not sound. */
    private RunDocument run;

    private Context context;
    private TimingChecks timing;
    private Function<CaseResult, R> keep = checked -> null;

    private BundleValidator(Path bundle, Validated.Keeping<R> keeping, boolean copies) {
        this.bundle = bundle;
        this.result = bundle.resolve(Layout.RESULT);
        this.keeping = keeping;
        this.files = new FileChecks(bundle, findings, copies);
    }

    /** What is wrong with a bundle; without errors among the findings it can be used. */
    public static List<Finding> validate(Path bundle) {
        return validate(bundle, (run, context) -> checked -> null).findings();
    }

    /**
     * The same, with what was read on the way. {@code result.json} is read once if its head comes before its cases, as
     * it is written, and is sound, and line by line if it has the lines it was written with; else the head is read first
     * and all of it again.
     */
    public static <R> Validated<R> validate(Path bundle, Validated.Keeping<R> keeping) {
        return validate(bundle, keeping, true);
    }

    /**
     * The same for those who use figures and audit nothing: of a complete bundle JMH's own files, which say once more what
     * the log says, must be there, and are not opened. Everything that a figure is derived from is checked as ever.
     */
    public static <R> Validated<R> figures(Path bundle, Validated.Keeping<R> keeping) {
        return validate(bundle, keeping, false);
    }

    private static <R> Validated<R> validate(Path bundle, Validated.Keeping<R> keeping, boolean copies) {
        // Digests of cases, entries and parts are small and many: as many as result.json is large.
        LargeDigest.expect(bundle.resolve(Layout.RESULT).toFile().length());
        Validated<R> once = new BundleValidator<>(bundle, keeping, copies).inOnePass(ResultScan::scanLines);
        if (once == null) {
            once = new BundleValidator<>(bundle, keeping, copies).inOnePass(ResultScan::scan);
        }
        return once != null ? once : new BundleValidator<>(bundle, keeping, copies).inTwoPasses();
    }

    /** A way of going through {@code result.json}. */
    private interface Scan {
        ObjectNode scan(Path result, ResultScan.Visitor visitor) throws IOException;
    }

    private interface Check {
        void run() throws IOException;
    }

    private Validated<R> reporting(Check check) {
        try {
            check.run();
        } catch (JsonFormatException refused) {
            findings.error(Layout.RESULT, refused);
        } catch (IOException failed) {
            findings.error(".", "", "cannot be read: " + failed.getMessage());
        } catch (Findings.WrongThroughout enough) {
            return validated();
        } catch (RuntimeException unforeseen) {
            findings.error(".", "", "cannot be checked: " + unforeseen);
        }
        return validated();
    }

    private Validated<R> validated() {
        return new Validated<>(findings.all(), run, context, List.copyOf(kept));
    }

    /** Null where anything is unusual about the head, or the file cannot be read: two passes find out what. */
    private Validated<R> inOnePass(Scan scan) {
        ObjectNode[] early = new ObjectNode[1];
        ObjectNode head;
        try {
            head = cases(scan, before -> {
                early[0] = before.deepCopy();
                early[0].put(SEAL, TO_COME);
                head(early[0]);
                if (run == null || findings.any()) {
                    throw new JsonFormatException("", "has a head that is not sound");
                }
            });
        } catch (IOException | RuntimeException unusual) {
            return null;
        }
        ObjectNode unsealed = head.deepCopy();
        unsealed.put(SEAL, TO_COME);
        boolean sound =
                unsealed.equals(early[0]) && Sha256.isHex(head.path(SEAL).asText());
        return sound ? reporting(() -> rest(head)) : null;
    }

    private Validated<R> inTwoPasses() {
        return reporting(() -> {
            ObjectNode head = ResultScan.head(result);
            head(head);
            cases(ResultScan::scan, before -> {});
            rest(head);
        });
    }

    private void head(ObjectNode head) throws IOException {
        if (heads.schema(head)) {
            run = BundleReader.runOf(head);
            heads.check(run);
        }
        context = context(head.path("contextSha256").asText());
        timing = new TimingChecks(context, run);
        if (run != null && context != null) {
            keep = keeping.of(run, context);
        }
    }

    private void rest(ObjectNode head) throws IOException {
        if (!seal.of(head).equals(head.path(SEAL).asText())) {
            findings.error(Layout.RESULT, "/sha256", "the document does not match its digest");
        }
        if (run != null) {
            counts();
            files.contents(run, forks, context);
        }
    }

    /** The context comes first: it bounds what rates are plausible. Its bytes are hashed with the other files'. */
    private Context context(String expected) throws IOException {
        Path file = bundle.resolve(Layout.CONTEXT);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            findings.error(Layout.CONTEXT, "", "is missing");
            return null;
        }
        if (Files.size(file) > BundleReader.MAX_CONTEXT) {
            findings.error(Layout.CONTEXT, "", "is larger than " + (BundleReader.MAX_CONTEXT >> 20) + " MiB");
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode tree = StrictJson.document(in, BundleReader.MAX_CONTEXT);
            if (!CanonicalJson.sha256(tree).equals(expected)) {
                findings.error(Layout.RESULT, "/contextSha256", "is not the digest of " + Layout.CONTEXT);
            }
            return new ContextChecks(Layout.CONTEXT, findings).check(tree);
        } catch (JsonFormatException malformed) {
            findings.error(Layout.CONTEXT, malformed);
            return null;
        }
    }

    private interface Before {
        void see(ObjectNode head) throws IOException;
    }

    /** @param before sees what the head has when the cases begin */
    private ObjectNode cases(Scan scan, Before before) throws IOException {
        Batch<At, Done<R>> batch = new Batch<>(findings, this::checked, this::add);
        try {
            return scan.scan(result, new ResultScan.Visitor() {
                @Override
                public void onHead(ObjectNode head) throws IOException {
                    before.see(head);
                }

                @Override
                public void onCase(int index, JsonNode element, long bytes) {
                    seal.addCase(element.path(CaseJson.SHA256).asText());
                    batch.add(new At("/cases/" + index, element), bytes);
                }

                @Override
                public void onFile(int index, JsonNode element) {
                    files.list(element, index);
                    seal.addFile(element);
                }

                @Override
                public void onPlainFile(int index, FileEntry entry) {
                    files.list(entry, index);
                    seal.addPlain(entry);
                }
            });
        } finally {
            batch.finish();
        }
    }

    /** A case in its place. */
    private record At(String pointer, JsonNode json) {}

    /** A case that was checked; {@code result} is null where it cannot be read. */
    private record Done<R>(String pointer, CaseResult result, R kept) {}

    private Done<R> checked(At at, Findings own) {
        CaseResult read = CaseChecks.check(Layout.RESULT, timing, at.json, at.pointer, own);
        boolean sound = read != null && own.errors() == 0;
        return new Done<>(at.pointer, read, sound ? keep.apply(read) : null);
    }

    private void add(Done<R> done) {
        if (done.result != null && !forks.add(done.result)) {
            findings.error(Layout.RESULT, done.pointer + "/id", done.result.id() + " is there twice");
        }
        if (done.kept != null) {
            kept.add(done.kept);
        }
    }

    private void counts() {
        int planned = run.plan().cases();
        boolean wrong = run.complete() ? forks.size() != planned : forks.size() > planned;
        if (wrong) {
            findings.error(
                    Layout.RESULT,
                    "/status",
                    run.status() + " with " + forks.size() + " sound cases of " + planned + " planned");
        }
    }
}
