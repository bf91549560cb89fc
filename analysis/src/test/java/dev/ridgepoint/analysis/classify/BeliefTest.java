package dev.ridgepoint.analysis.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.TaskFamily;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an answer must be like, whatever it says. */
class BeliefTest {
    private static final double CLOSE = 1e-9;
    private static final List<LabelledCase> CASES = LabelledCases.development();

    private static Classification blind(LabelledCase c) {
        return Classifier.standard().classify(c.descriptor().blind());
    }

    @Test
    void sharesOfAnArchitecturesStoriesSumToOne() {
        for (String op : List.of("gemm", "attention", "quantize")) {
            Map<Architecture, Double> sums = new EnumMap<>(Architecture.class);
            for (Story story : Story.values()) {
                sums.merge(story.architecture(), story.share(op), Double::sum);
            }
            sums.forEach((architecture, sum) -> assertTrue(
                    Math.abs(sum - 1) < CLOSE || sum == 0 && op.equals("attention"),
                    op + " " + architecture + " " + sum));
        }
    }

    @Test
    void candidatesAreAtMostThreeSumToOneAndLeadWithTheAnswer() {
        for (LabelledCase c : CASES) {
            Classification answer = blind(c);
            List<Candidate> candidates = answer.candidates();
            assertTrue(!candidates.isEmpty() && candidates.size() <= 3);
            assertEquals(
                    1, candidates.stream().mapToDouble(Candidate::probability).sum(), CLOSE);
            assertEquals(candidates.get(0).phase(), answer.phase());
            assertEquals(
                    answer.confidence(), answer.probability(candidates.get(0).workloadClass()), CLOSE);
            for (WorkloadClass other : WorkloadClass.values()) {
                assertTrue(
                        answer.probability(other) <= answer.confidence() + CLOSE,
                        c.descriptor().id());
            }
            boolean named = answer.confidence() >= Classifier.THRESHOLD;
            assertEquals(
                    named ? candidates.get(0).workloadClass() : WorkloadClass.INDETERMINATE, answer.workloadClass());
        }
    }

    /** Unlisted phases of a class are shared out within it, so that classes keep their probability. */
    @Test
    void unlistedPhasesStayInTheirClass() {
        double[] stories = new double[Story.values().length];
        stories[Story.ENCODER_PASS.ordinal()] = .40;
        stories[Story.PROMPT.ordinal()] = .20;
        stories[Story.CHUNK.ordinal()] = .05;
        stories[Story.STEP.ordinal()] = .20;
        stories[Story.DENOISE.ordinal()] = .12;
        stories[Story.HYBRID.ordinal()] = .03;
        List<Candidate> candidates = new Candidates(stories).list();
        assertEquals(
                List.of(Phase.ENCODE, Phase.DECODE, Phase.DENOISE),
                candidates.stream().map(Candidate::phase).toList());
        assertEquals(.65 / .97, candidates.get(0).probability(), CLOSE);
        assertEquals(.20 / .97, candidates.get(1).probability(), CLOSE);
    }

    @Test
    void nothingIsEverCertain() {
        for (LabelledCase c : CASES) {
            double[] sure = {0};
            Arrays.stream(new Classification[] {blind(c), Classifier.standard().classify(c.descriptor())})
                    .forEach(answer -> sure[0] = Math.max(sure[0], answer.confidence()));
            assertTrue(sure[0] < .9999, c.descriptor().id() + " " + sure[0]);
        }
    }

    @Test
    void evidenceNamesTheStoryAndTheRegimeAndHintsAreGivenOnlyWhereNeeded() {
        for (LabelledCase c : CASES) {
            Classification answer = blind(c);
            assertTrue(
                    answer.evidence().get(0).startsWith("most like "),
                    answer.evidence().toString());
            String last = answer.evidence().get(answer.evidence().size() - 1);
            assertTrue(last.contains(answer.regime().name()), last);
            if (answer.confidence() >= .9) {
                assertNull(answer.wouldSettle(), c.descriptor().id());
            } else {
                assertNotNull(answer.wouldSettle(), c.descriptor().id());
            }
        }
    }

    /** The regime never moves the class: the same shape on boxes that are limited differently gets the same belief. */
    @Test
    void regimeDoesNotDecideTheClass() {
        String shape = "'M':512,'N':22016,'K':4096,'batch':512,'q_tokens':1";
        Descriptor here = Lines.descriptor(Lines.line("gemm", shape));
        Descriptor elsewhere = new Descriptor(
                here.id(),
                here.shape(),
                here.hints(),
                here.bytes(),
                new Regimes.Ceilings(1e18, 1e9, 0),
                null,
                here.context());
        Classification a = Classifier.standard().classify(here);
        Classification b = Classifier.standard().classify(elsewhere);
        assertEquals(Regime.COMPUTE_BOUND, a.regime());
        assertEquals(Regime.BANDWIDTH_BOUND, b.regime());
        assertEquals(a.candidates(), b.candidates());
        assertEquals(WorkloadClass.GENERATIVE_DECODE, a.workloadClass());
    }

    @Test
    void ownCeilingsGiveASecondReading() {
        Descriptor d = Lines.descriptor(Lines.line("gemm", "'M':200,'N':22016,'K':4096,'batch':1,'q_tokens':200")
                .replace(
                        "\"bandwidth_tbs\":3.35",
                        "\"bandwidth_tbs\":3.35,\"measured_tflops\":300,\"measured_tbs\":2.9"));
        Classification answer = Classifier.standard().classify(d);
        assertEquals(Regime.BANDWIDTH_BOUND, answer.regime());
        assertEquals(Regime.COMPUTE_BOUND, answer.reached().regime());
    }

    @Test
    void familyNeedsContextUnlessThePhaseHasOnePurpose() {
        String gemm = "'M':1,'N':9000,'K':4500,'batch':1,'q_tokens':1";
        assertEquals(TaskFamily.NEUTRAL, Lines.classify("gemm", gemm).taskFamily());
        String cross = "'B':2,'Hq':8,'Hkv':8,'Sq':4096,'Skv':77,'D':40,'mask':'full'";
        assertEquals(
                TaskFamily.GENERATIVE_MEDIA, Lines.classify("attention", cross).taskFamily());
        assertEquals(
                TaskFamily.SEQ2SEQ,
                withContext("gemm", gemm, "'model_cls':'encoder-decoder'").taskFamily());
    }

    private static Classification withContext(String op, String shape, String context) {
        String line = Lines.line(op, shape, ",'context':{" + context + "}");
        return Classifier.standard().classify(Lines.descriptor(line));
    }

    @Test
    void contextSettlesWhatShapesCannot() {
        String pooler = "'M':8,'N':1024,'K':1024,'batch':8,'q_tokens':1";
        assertEquals(
                Phase.ENCODE,
                withContext("gemm", pooler, "'model':'bert-large-uncased'").phase());
        assertEquals(
                Phase.DECODE, withContext("gemm", pooler, "'model':'t5-large'").phase());
        assertEquals(
                Phase.ENCODE,
                withContext("gemm", pooler, "'model':'BERT-of-tomorrow'").phase());
        assertEquals(
                Phase.RECURRENT_STEP,
                withContext("gemm", pooler, "'model_cls':'rnn','role':'rec'").phase());
        String gradient = "'M':4096,'N':4096,'K':8192";
        Classification neither = withContext("gemm", gradient, "'model':'llama-2-7b','role':'o_wgrad'");
        assertEquals(Phase.TRAIN, neither.phase());
        assertEquals(WorkloadClass.INDETERMINATE, neither.workloadClass());
    }

    /** A class the user states outweighs what the catalogue thinks of the name. */
    @Test
    void statedClassOutweighsTheCatalogue() {
        String shape = "'M':2048,'N':12288,'K':4096,'batch':4,'q_tokens':512";
        assertEquals(
                Phase.ENCODE,
                withContext("gemm", shape, "'model':'llama-2-7b','model_cls':'encoder'")
                        .phase());
    }

    @Test
    void unknownNamesAndRolesChangeNothing() {
        String shape = "'M':16,'N':8192,'K':2048,'batch':16,'q_tokens':1";
        Classification bare = Lines.classify("gemm", shape);
        assertEquals(
                bare.candidates(),
                withContext("gemm", shape, "'model':'zzz-1','role':'thing'").candidates());
        assertFalse(bare.evidence().toString().contains("zzz"));
    }

    @Test
    void aForgottenModelIsForgotten() {
        Classifier stranger = Classifier.forgetting(name -> name.startsWith("gpt2"));
        Descriptor d = Lines.descriptor(Lines.line("gemm", "'M':8,'N':6400,'K':1600,'batch':8,'q_tokens':1"));
        assertTrue(Classifier.standard().classify(d).evidence().toString().contains("gpt2-xl"));
        assertFalse(stranger.classify(d).evidence().toString().contains("gpt2-xl"));
    }
}
