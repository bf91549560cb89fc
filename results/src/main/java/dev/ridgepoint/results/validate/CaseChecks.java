package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import dev.ridgepoint.kernels.shape.Shape;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.kernels.shape.WorkModel;
import dev.ridgepoint.results.CaseKeys;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.PrecisionTypes;
import dev.ridgepoint.results.Question;
import dev.ridgepoint.results.bundle.CaseJson;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.schema.Schemas;

/** What must hold within one case: its schema, its digests, and that derived figures are what they derive from. */
final class CaseChecks {
    private final String file;
    private final TimingChecks timing;
    private final JsonNode json;
    private final String pointer;
    private final Findings findings;

    private CaseChecks(String file, TimingChecks timing, JsonNode json, String pointer, Findings findings) {
        this.file = file;
        this.timing = timing;
        this.json = json;
        this.pointer = pointer;
        this.findings = findings;
    }

    /** Checks a case; null where it is too broken to be read. */
    static CaseResult check(String file, TimingChecks timing, JsonNode json, String pointer, Findings findings) {
        return new CaseChecks(file, timing, json, pointer, findings).check();
    }

    private CaseResult check() {
        if (!findings.matches(Schemas.CASE, json, file, pointer)) {
            return null;
        }
        ObjectNode object = (ObjectNode) json;
        if (!CaseJson.digest(object).equals(json.path(CaseJson.SHA256).asText())) {
            findings.error(file, pointer + "/sha256", "the case does not match its digest");
        }
        try {
            CaseResult result = CaseJson.read(json, pointer);
            question(result);
            subject(result);
            timing.check(result, file, pointer, findings);
            headline(result);
            return result;
        } catch (JsonFormatException refused) {
            findings.error(file, refused);
            return null;
        }
    }

    private void question(CaseResult result) {
        Question question = result.question();
        if (!key(question).equals(result.caseKey())) {
            findings.error(file, pointer + "/caseKey", "is not the digest of the question");
        }
        Shape shape;
        try {
            shape = ShapeJson.parse(question.op(), question.shape());
        } catch (IllegalArgumentException refused) {
            findings.error(file, pointer + "/question/shape", refused.getMessage());
            return;
        }
        if (!CanonicalJson.write(ShapeJson.write(shape)).equals(CanonicalJson.write(question.shape()))) {
            findings.error(file, pointer + "/question/shape", "is not in its plain form: " + ShapeJson.write(shape));
        }
        work(result, shape);
    }

    /** The tree is the question, but where infinities were put back into it. */
    private String key(Question question) {
        return json.path(CaseJson.NON_FINITE).isEmpty()
                ? CaseKeys.of((ObjectNode) json.get("question"))
                : CaseKeys.of(question);
    }

    /** Work is recomputed where the precision means what it means here; another build may know other precisions. */
    private void work(CaseResult result, Shape shape) {
        Question question = result.question();
        try {
            if (!PrecisionTypes.parse(shape, question.precision()).equals(question.types())) {
                findings.warning(
                        file,
                        pointer + "/question/types",
                        question.precision() + " stands for other types in this build; the work was not checked");
                return;
            }
        } catch (IllegalArgumentException unknown) {
            findings.warning(
                    file,
                    pointer + "/question/precision",
                    "this build does not know " + question.precision() + "; the work was not checked");
            return;
        }
        WorkModel expected = shape instanceof QuantizeShape quantize
                ? quantize.work()
                : Problem.of(shape, Precision.parse(question.precision())).work();
        WorkModel found = result.work();
        boolean same = Close.enough(found.flops(), expected.flops())
                && Close.enough(found.bytesRead(), expected.bytesRead())
                && Close.enough(found.bytesWritten(), expected.bytesWritten());
        if (!same) {
            findings.error(file, pointer + "/work", "is not the work of the question; expected " + expected);
        }
    }

    private void subject(CaseResult result) {
        if (!result.subject().emulated() && result.outcome() instanceof Outcome.Simulated) {
            findings.error(file, pointer + "/subject/driver", "only the emulated driver simulates");
        }
    }

    private void headline(CaseResult result) {
        JsonNode headline = CaseJson.headline(result);
        for (JsonNode figure : headline) {
            if (!Double.isFinite(figure.doubleValue())) {
                findings.error(file, pointer + "/headline", "of this time a rate is beyond every number");
                return;
            }
        }
        String expected = CanonicalJson.write(headline);
        if (!expected.equals(CanonicalJson.write(json.path(CaseJson.HEADLINE)))) {
            findings.error(file, pointer + "/headline", "does not follow from timing, work and validity: " + expected);
        }
    }
}
