package dev.ridgepoint.kernels.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad extents give one line that begins with the name of the field. */
class ShapeErrorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> SOUND = Map.of(
            "gemm", "{'M':4,'N':4,'K':4,'experts':4,'top_k':2}",
            "attention",
                    "{'B':2,'Hq':4,'Hkv':2,'Sq':3,'Skv':5,'D':8,'Dv':8,'mask':'causal','page':16,'rel_positions':4}",
            "softmax", "{'rows':4,'cols':8}",
            "pointwise", "{'function':'gelu','rows':4,'cols':8}",
            "repack", "{'rows':4,'cols':8}",
            "lstm_cell", "{'B':4,'H':8}",
            "quantize", "{'rows':4,'cols':8,'src':'bf16','dst':'int8','group':4,'group_rows':2,'scale_bytes':4}");

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void refuses(String op, JsonNode shape, String field) {
        String message = assertThrows(IllegalArgumentException.class, () -> ShapeJson.parse(op, shape))
                .getMessage();
        assertTrue(message.startsWith(field + ":"), message);
        assertFalse(message.contains("\n"), message);
    }

    /** Negative, zero and too large; {@code page} and {@code rel_positions} may be zero. */
    @ParameterizedTest
    @CsvSource({
        "gemm,M", "gemm,N", "gemm,K", "gemm,experts", "gemm,top_k",
        "attention,B", "attention,Hq", "attention,Hkv", "attention,Sq", "attention,Skv",
        "attention,D", "attention,Dv", "quantize,rows", "quantize,cols", "quantize,group",
        "softmax,rows", "softmax,cols", "pointwise,rows", "repack,rows", "lstm_cell,B"
    })
    void extentsOutOfRangeAreNamed(String op, String field) {
        for (long bad :
                new long[] {0, -1 - (field.equals("group") ? 1 : 0), Long.MIN_VALUE, Long.MAX_VALUE, 1L << 41}) {
            var shape = (ObjectNode) json(SOUND.get(op));
            refuses(op, shape.put(field, bad), field);
        }
    }

    @Test
    void marksOfTheWrongKindAreNamed() {
        refuses("attention", ((ObjectNode) json(SOUND.get("attention"))).put("segments", 5), "segments");
        refuses("attention", ((ObjectNode) json(SOUND.get("attention"))).put("kv_shared", "yes"), "kv_shared");
    }

    @ParameterizedTest
    @CsvSource({"page", "rel_positions"})
    void negativeOptionsAreNamed(String field) {
        var shape = (ObjectNode) json(SOUND.get("attention"));
        refuses("attention", shape.put(field, -1), field);
    }

    @ParameterizedTest
    @CsvSource({"gemm,M", "attention,Hq", "attention,mask", "quantize,rows", "quantize,src"})
    void missingAndMistypedFieldsAreNamed(String op, String field) {
        for (String instead : new String[] {"null", "{}", "[1]", "true"}) {
            var shape = (ObjectNode) json(SOUND.get(op));
            refuses(op, shape.set(field, json(instead)), field);
        }
        var shape = (ObjectNode) json(SOUND.get(op));
        shape.remove(field);
        refuses(op, shape, field);
    }

    @Test
    void fractionsAreNoExtents() {
        refuses("gemm", json("{'M':4.5,'N':4,'K':4}"), "M");
        refuses("gemm", json("{'M':1e300,'N':4,'K':4}"), "M");
        refuses("gemm", json("{'M':'4','N':4,'K':4}"), "M");
    }

    @Test
    void overflowingProductsNameTheirFields() {
        long large = 1L << 30;
        String gemm = assertThrows(IllegalArgumentException.class, () -> GemmShape.of(large, large, large))
                .getMessage();
        assertTrue(gemm.startsWith("M*N*K:"), gemm);
        String attention = assertThrows(
                        IllegalArgumentException.class,
                        () -> AttentionShape.of(large, 1, 1, large, large, 1, Mask.FULL))
                .getMessage();
        assertTrue(attention.startsWith("B*Hq*Sq*Skv:"), attention);
        refuses("quantize", json("{'rows':1099511627776,'cols':1099511627776,'src':'bf16','dst':'int8'}"), "rows*cols");
        String segments = assertThrows(
                        IllegalArgumentException.class,
                        () -> new AttentionShape(
                                1,
                                1,
                                1,
                                0,
                                0,
                                1,
                                1,
                                Mask.FULL,
                                0,
                                0,
                                false,
                                0,
                                List.of(new AttentionShape.Segment(large, large, large))))
                .getMessage();
        assertTrue(segments.startsWith("segments.count*Hq*Sq*Skv:"), segments);
    }

    @Test
    void headsMustDivide() {
        refuses("attention", json("{'Hq':6,'Hkv':4,'Sq':1,'Skv':1,'D':1,'mask':'full'}"), "Hkv");
        refuses("attention", json("{'Hq':2,'Hkv':4,'Sq':1,'Skv':1,'D':1,'mask':'full'}"), "Hkv");
    }

    @Test
    void windowsBelongToWindowedMasks() {
        for (String mask : new String[] {"sliding", "local"}) {
            refuses("attention", json("{'Hq':1,'Hkv':1,'Sq':1,'Skv':1,'D':1,'mask':'" + mask + "'}"), "window");
        }
        for (String mask : new String[] {"full", "causal", "tree"}) {
            refuses(
                    "attention",
                    json("{'Hq':1,'Hkv':1,'Sq':1,'Skv':1,'D':1,'mask':'" + mask + "','window':4}"),
                    "window");
        }
        refuses("attention", json("{'Hq':1,'Hkv':1,'Sq':1,'Skv':1,'D':1,'mask':'diagonal'}"), "mask");
    }

    @Test
    void queriesMustFitTheMask() {
        for (String more : new String[] {"'tree'", "'full','rotary':'half'", "'local','window':2"}) {
            refuses("attention", json("{'Hq':1,'Hkv':1,'Sq':5,'Skv':4,'D':2,'mask':" + more + "}"), "Sq");
        }
        refuses("attention", json("{'Hq':1,'Hkv':1,'Sq':3,'Skv':4,'D':1,'mask':'local','window':2}"), "Sq");
    }

    @Test
    void sharedValuesArePartOfTheKeys() {
        refuses("attention", json("{'Hq':1,'Hkv':1,'Sq':1,'Skv':1,'D':4,'Dv':5,'kv_shared':true,'mask':'full'}"), "Dv");
    }

    @Test
    void segmentsCarryTheLengths() {
        String segments = "'segments':[{'count':1,'Sq':2,'Skv':3}]";
        refuses("attention", json("{'Hq':1,'Hkv':1,'Sq':2,'Skv':3,'D':1,'mask':'full'," + segments + "}"), "segments");
        refuses("attention", json("{'B':2,'Hq':1,'Hkv':1,'D':1,'mask':'full'," + segments + "}"), "segments");
        for (String field : new String[] {"count", "Sq", "Skv"}) {
            String bad = segments.replaceFirst("'" + field + "':\\d", "'" + field + "':-1");
            refuses("attention", json("{'Hq':1,'Hkv':1,'D':1,'mask':'full'," + bad + "}"), "segments." + field);
        }
    }

    /** A sequence may be empty, a batch may not. */
    @Test
    void aBatchHasAQueryAndAKey() {
        for (String lengths : new String[] {"'Sq':0,'Skv':3", "'Sq':3,'Skv':0", "'Sq':0,'Skv':0"}) {
            String empty = "{'count':2," + lengths + "}";
            String head = "{'Hq':1,'Hkv':1,'D':1,'mask':'full','segments':[";
            refuses("attention", json(head + empty + "]}"), "segments");
            ShapeJson.parse("attention", json(head + empty + ",{'count':1,'Sq':1,'Skv':1}]}"));
        }
        refuses(
                "attention",
                json("{'Hq':1,'Hkv':1,'D':1,'mask':'full','segments':[{'count':0,'Sq':1,'Skv':1}]}"),
                "segments.count");
    }

    @Test
    void newTokensAreAmongTheKeys() {
        refuses("append", json("{'Hkv':1,'Sq':5,'Skv':4,'D':2,'rotary':'half'}"), "Sq");
        refuses(
                "layer",
                json("{'Hq':1,'Hkv':1,'Sq':5,'Skv':4,'D':2,'mask':'causal','cached':true,'rotary':'half',"
                        + "'hidden':8,'ffn':8,'activation':'gelu','norm':'rmsnorm'}"),
                "Sq");
    }

    @Test
    void anUnknownOperationNamesTheKnownOnes() {
        refuses("conv", json("{}"), "op");
        refuses("gemm", null, "shape");
        refuses("gemm", json("[]"), "shape");
    }

    @Test
    void workCannotBeNegative() {
        assertThrows(IllegalArgumentException.class, () -> new WorkModel(-1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new WorkModel(0, Double.NaN, 0));
        assertEquals(3.0, new WorkModel(1, 1, 2).bytes());
    }
}
