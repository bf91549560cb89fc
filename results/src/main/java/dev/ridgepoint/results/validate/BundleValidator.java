package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.CaseJson;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.ResultScan;
import dev.ridgepoint.results.bundle.Seal;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks a bundle that anyone may have made or changed: form, digests, and that its files say the same. Never throws,
 * and reads files larger than memory.
 */
public final class BundleValidator {
    private final Path bundle;
    private final Findings findings = new Findings();
    private final MeasuredForks forks = new MeasuredForks();
    private final FileChecks files;
    private final HeadChecks heads = new HeadChecks(findings);
    private final Seal seal = new Seal();

    private BundleValidator(Path bundle) {
        this.bundle = bundle;
        this.files = new FileChecks(bundle, findings);
    }

    /** What is wrong with a bundle; without errors among the findings it can be used. */
    public static List<Finding> validate(Path bundle) {
        BundleValidator validator = new BundleValidator(bundle);
        try {
            validator.run();
        } catch (JsonFormatException refused) {
            validator.findings.error(Layout.RESULT, refused);
        } catch (IOException failed) {
            validator.findings.error(".", "", "cannot be read: " + failed.getMessage());
        } catch (Findings.WrongThroughout enough) {
            return validator.findings.all();
        } catch (RuntimeException unforeseen) {
            validator.findings.error(".", "", "cannot be checked: " + unforeseen);
        }
        return validator.findings.all();
    }

    private void run() throws IOException {
        Path result = bundle.resolve(Layout.RESULT);
        ObjectNode head = ResultScan.head(result);
        boolean formed = heads.schema(head);
        RunDocument run = formed ? BundleReader.runOf(head) : null;
        if (formed) {
            heads.check(run);
        }
        Context context = context(head.path("contextSha256").asText());
        cases(result, head, new TimingChecks(context, run));
        if (formed) {
            counts(run);
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

    private void cases(Path result, ObjectNode head, TimingChecks timing) throws IOException {
        Batch<At, At> batch = new Batch<>(findings, (at, own) -> at.checked(timing, own), this::add);
        try {
            ResultScan.scan(result, new ResultScan.Visitor() {
                @Override
                public void onCase(int index, JsonNode element, long bytes) {
                    seal.addCase(element.path(CaseJson.SHA256).asText());
                    batch.add(new At("/cases/" + index, element, null), bytes);
                }

                @Override
                public void onFile(int index, JsonNode element) {
                    files.list(element, "/files/" + index);
                    seal.addFile(element);
                }
            });
        } finally {
            batch.finish();
        }
        if (!seal.of(head).equals(head.path("sha256").asText())) {
            findings.error(Layout.RESULT, "/sha256", "the document does not match its digest");
        }
    }

    /** A case in its place; {@code result} is null before it was checked and where it cannot be read. */
    private record At(String pointer, JsonNode json, CaseResult result) {
        At checked(TimingChecks timing, Findings findings) {
            return new At(pointer, null, CaseChecks.check(Layout.RESULT, timing, json, pointer, findings));
        }
    }

    private void add(At at) {
        if (at.result != null && !forks.add(at.result)) {
            findings.error(Layout.RESULT, at.pointer + "/id", at.result.id() + " is there twice");
        }
    }

    private void counts(RunDocument run) {
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
