package dev.ridgepoint.kernels.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueryTest {
    private static final Workload UP = Catalogue.load().workload("llama-3-8b/up/decode_b1_kv2048_w4a16_g128");

    @Test
    void everyFieldMustMatch() {
        assertTrue(Query.parse("op=gemm,model=llama-3*,phase=decode,precision=w4a16*,role=up|down")
                .matches(UP));
        assertFalse(Query.parse("op=gemm,model=llama-3*,phase=prefill").matches(UP));
        assertFalse(Query.parse("role=down").matches(UP));
        assertFalse(Query.parse("precision=w4a16").matches(UP));
        assertFalse(Query.parse("id=*_kv512_*").matches(UP));
        assertFalse(Query.parse("op=attention").matches(UP));
        assertTrue(Query.ALL.matches(UP));
    }

    @Test
    void aQueryReadsBackAsItIsWritten() {
        Query query = Query.ALL.withModel("bert*|t5*").withOp("gemm").withId("*_b1_*");
        assertEquals("op=gemm,model=bert*|t5*,id=*_b1_*", query.toString());
        assertEquals(query, Query.parse(query.toString()));
        assertEquals(Query.ALL, Query.parse(" "));
    }

    @Test
    void aWorkloadWithoutAModelIsWantedByNoModel() {
        Workload own = AxisSweep.parse("gemm:M=1;N=2;K=3;precision=fp32").get(0);
        assertTrue(Query.parse("op=gemm").matches(own));
        assertFalse(Query.parse("model=?*").matches(own));
        assertFalse(Query.parse("phase=decode").matches(own));
    }

    @Test
    void globsTakeDotsAndPlusesLiterally() {
        assertFalse(Glob.of("qwen2.5-7b").matches("qwen2x5-7b"));
        assertTrue(Glob.of("QWEN2.5-?b").matches("qwen2.5-7b"));
        assertFalse(Glob.of("qwen").matches("qwen2.5-7b"));
    }

    @Test
    void nearMatchesAreNearestFirst() {
        assertEquals(List.of("decode"), NearMatches.of("deocde", List.of("encode", "decode", "prefill")));
        assertEquals(1, NearMatches.distance("deocde", "decode"));
        assertEquals(2, NearMatches.distance("kitten", "mitte"));
        assertEquals(List.of(), NearMatches.of("zzzz", List.of("encode", "decode")));
    }
}
