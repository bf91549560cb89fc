package dev.ridgepoint.analysis.targets;

import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.kernels.workload.Glob;
import dev.ridgepoint.kernels.workload.Workload;
import dev.ridgepoint.results.Question;
import dev.ridgepoint.results.json.CanonicalJson;

/**
 * A problem, and who may answer it.
 *
 * @param workload as the catalogue names it
 * @param kernels ids of the kernels that are meant
 * @param asked what its cases ask, however they are called and measured
 */
public record CaseChoice(Workload workload, Glob kernels, Question asked) {

    /** @throws IllegalArgumentException naming the part of the id that is wrong */
    static CaseChoice of(Catalogue catalogue, String id, String kernels) {
        Workload workload = catalogue.workload(id);
        Question asked = Question.of(workload.problem(), "", "", new Question.Inputs("", 0, null));
        return new CaseChoice(workload, Glob.of(kernels), asked);
    }

    /** Whether a case asks this problem, in whichever way it is measured. Extents are compared as they are hashed: 4 is 4.0. */
    boolean asks(Question question) {
        return question.op().equals(asked.op())
                && question.precision().equals(asked.precision())
                && question.types().equals(asked.types())
                && CanonicalJson.write(question.shape()).equals(CanonicalJson.write(asked.shape()));
    }

    /** {@code sm*_bf16_gemv}: the kernels without their operation. */
    String shortKernels() {
        return kernels.toString().replace(asked.op() + "/", "");
    }
}
