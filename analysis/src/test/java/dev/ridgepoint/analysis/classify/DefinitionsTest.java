package dev.ridgepoint.analysis.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the definitions of phase say of shapes, on models of nobody in particular. */
class DefinitionsTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "DECODE          | 'B':3,'Hq':40,'Hkv':10,'Sq':1,'Skv':777,'D':128,'mask':'causal'",
                "DECODE          | 'B':5,'Hq':14,'Hkv':14,'Sq':1,'Skv':300,'D':64,'mask':'full'",
                "DECODE          | 'B':2,'Hq':14,'Hkv':14,'Sq':6,'Skv':300,'D':64,'mask':'full'",
                "DECODE          | 'B':1,'Hq':40,'Hkv':10,'Sq':0,'Skv':0,'D':128,'mask':'causal','segments':[{'count':3,'Sq':1,'Skv':70},{'count':9,'Sq':1,'Skv':900}]",
                "SPEC_VERIFY     | 'B':1,'Hq':40,'Hkv':10,'Sq':7,'Skv':900,'D':128,'mask':'causal'",
                "SPEC_VERIFY     | 'B':1,'Hq':40,'Hkv':10,'Sq':48,'Skv':900,'D':128,'mask':'tree'",
                "PREFILL         | 'B':1,'Hq':40,'Hkv':10,'Sq':900,'Skv':900,'D':128,'mask':'causal'",
                "PREFILL         | 'B':1,'Hq':40,'Hkv':10,'Sq':9000,'Skv':9000,'D':128,'mask':'sliding','window':512",
                "CHUNKED_PREFILL | 'B':1,'Hq':40,'Hkv':10,'Sq':300,'Skv':9000,'D':128,'mask':'causal'",
                "MIXED_BATCH     | 'B':1,'Hq':40,'Hkv':10,'Sq':0,'Skv':0,'D':128,'mask':'causal','segments':[{'count':1,'Sq':300,'Skv':300},{'count':9,'Sq':1,'Skv':900}]",
                "ENCODE          | 'B':4,'Hq':14,'Hkv':14,'Sq':300,'Skv':300,'D':64,'mask':'full'",
                "ENCODE          | 'B':4,'Hq':14,'Hkv':14,'Sq':900,'Skv':900,'D':64,'mask':'local','window':64",
                "ENCODE          | 'B':4,'Hq':16,'Hkv':16,'Sq':77,'Skv':77,'D':64,'mask':'causal'",
                "DENOISE         | 'B':2,'Hq':12,'Hkv':12,'Sq':4096,'Skv':77,'D':96,'mask':'full'",
                "DENOISE         | 'B':2,'Hq':8,'Hkv':8,'Sq':1024,'Skv':1024,'D':80,'mask':'full'",
                "ONE_SHOT        | 'B':1,'Hq':1,'Hkv':1,'Sq':9216,'Skv':9216,'D':512,'mask':'full'",
            })
    void attention(Phase phase, String shape) {
        expect(phase, Lines.classify("attention", shape));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "DECODE      | 'M':1,'N':9000,'K':4500,'batch':1,'q_tokens':1",
                "DECODE      | 'M':700,'N':9000,'K':4500,'batch':700,'q_tokens':1",
                "DECODE      | 'M':24,'N':32,'K':4500,'batch':24,'q_tokens':1",
                "SPEC_VERIFY | 'M':12,'N':9000,'K':4500,'batch':3,'q_tokens':4",
                "PREFILL     | 'M':1800,'N':9000,'K':4500,'batch':2,'q_tokens':900",
                "PREFILL     | 'M':1800,'N':9000,'K':4500,'batch':2",
                "PREFILL     | 'M':1800,'N':9000,'K':4500,'q_tokens':900",
                "DECODE      | 'M':1800,'N':9000,'K':4500,'batch':1800",
                "ENCODE      | 'M':1280,'N':1536,'K':512,'batch':8,'q_tokens':160",
                "ENCODE      | 'M':50,'N':3,'K':896,'batch':50,'q_tokens':1",
                "DENOISE     | 'M':2048,'N':10240,'K':1280,'batch':2,'q_tokens':1024",
                "ONE_SHOT    | 'M':65536,'N':128,'K':4096",
            })
    void gemm(Phase phase, String shape) {
        expect(phase, Lines.classify("gemm", shape));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CHUNKED_PREFILL | 'M':300,'N':9000,'K':4500,'batch':1,'q_tokens':300,'kv_len':5000",
                "PREFILL         | 'M':512,'N':9000,'K':4500,'batch':1,'q_tokens':512,'kv_len':512",
                "PREFILL         | 'M':384,'N':3072,'K':1024,'batch':1,'q_tokens':384,'mask':'causal','kv_cache':true",
                "ENCODE          | 'M':768,'N':9000,'K':4500,'batch':2,'q_tokens':384,'mask':'full','kv_cache':false",
            })
    void hintsAboutTheCacheDecide(Phase phase, String shape) {
        expect(phase, Lines.classify("gemm", shape));
    }

    private static void expect(Phase phase, Classification answer) {
        assertEquals(phase, answer.phase(), () -> answer.candidates() + " " + answer.evidence());
        assertEquals(answer.candidates().get(0).workloadClass(), answer.workloadClass(), () -> "abstained: " + answer);
    }

    /** One descriptor of a batch of 128 rows and nothing else: nobody can tell. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'M':128,'N':9000,'K':4500", "'M':128,'N':4096,'K':4096"})
    void rowsAloneAreNotEnough(String shape) {
        Classification answer = Lines.classify("gemm", shape);
        assertEquals(WorkloadClass.INDETERMINATE, answer.workloadClass());
        assertTrue(answer.confidence() < Classifier.THRESHOLD);
        assertTrue(answer.probability(WorkloadClass.GENERATIVE_DECODE) >= .1);
        assertTrue(answer.probability(WorkloadClass.UNDERSTANDING) >= .1);
        assertTrue(answer.wouldSettle().contains("q_tokens"), answer.wouldSettle());
    }
}
