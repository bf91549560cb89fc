package dev.ridgepoint.kernels.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The list of fields, held against what is written of shapes that have them all between them. */
class ShapeFieldsTest {
    private static final String MATRIX = "{'rows':4,'cols':256}";
    private static final String CODES =
            "{'rows':4,'cols':256,'src':'bf16','dst':'int8','group':128,'group_rows':2,'scale_bytes':4,'transposed':true}";

    private static final Map<String, List<String>> SHAPES = Map.of(
            "gemm",
            List.of(
                    "{'M':4,'N':4,'K':4,'experts':4,'top_k':2,'epilogue':'bias_gelu','proxy_for':'conv'}",
                    "{'M':4,'N':4,'K':4,'products':3}"),
            "attention",
            List.of(
                    "{'B':2,'Hq':4,'Hkv':2,'Sq':3,'Skv':5,'D':8,'Dv':4,'mask':'sliding','window':2,'page':16,'lse':true}",
                    "{'B':2,'Hq':4,'Hkv':2,'Sq':5,'Skv':5,'D':8,'mask':'full','rel_positions':4}",
                    "{'B':2,'Hq':4,'Hkv':1,'Sq':1,'Skv':5,'D':8,'Dv':4,'mask':'causal','kv_shared':true}",
                    "{'B':1,'Hq':4,'Hkv':1,'D':8,'mask':'causal','rotary':'half','rotary_dim':4,'segments':[{'count':2,'Sq':1,'Skv':5}]}"),
            "append",
            List.of(
                    "{'B':2,'Hkv':2,'Sq':1,'Skv':5,'D':8,'Dv':4,'rotary':'half','rotary_dim':4,'page':16}",
                    "{'B':1,'Hkv':2,'D':8,'rotary':'none','segments':[{'count':2,'Sq':1,'Skv':5}]}"),
            "quantize",
            List.of(
                    CODES,
                    "{'rows':4,'cols':256,'src':'bf16','dst':'int8','group':-1,'scale_bytes':4,'static_scale':true}"),
            "dequantize",
            List.of("{'rows':4,'cols':256,'src':'int8','dst':'bf16','group':128,'group_rows':2,'scale_bytes':4}"),
            "lstm_cell",
            List.of("{'B':2,'H':8}"),
            "pointwise",
            List.of("{'function':'add','rows':4,'cols':256}"),
            "rotate",
            List.of("{'tokens':4,'Hq':2,'D':8,'rotary':'half','rotary_dim':4,'positions':50}"));

    /** Fields of {@link #SHAPES} that are listed and that these shapes do without. */
    private static final Map<String, Set<String>> LACKING = Map.of("dequantize", Set.of("transposed", "static_scale"));

    @Test
    void areThoseThatShapesAreWrittenWith() throws JsonProcessingException {
        Map<String, List<String>> shapes = new HashMap<>(SHAPES);
        ShapeJson.OPS.stream()
                .filter(op -> ShapeJson.fields(op).equals(List.of("rows", "cols")))
                .forEach(op -> shapes.put(op, List.of(MATRIX)));
        for (Map.Entry<String, List<String>> one : shapes.entrySet()) {
            Set<String> written = new TreeSet<>(LACKING.getOrDefault(one.getKey(), Set.of()));
            for (String text : one.getValue()) {
                JsonNode json = new ObjectMapper().readTree(text.replace('\'', '"'));
                Shape shape = ShapeJson.parse(one.getKey(), json);
                ShapeJson.write(shape).fieldNames().forEachRemaining(written::add);
            }
            assertEquals(new TreeSet<>(ShapeJson.fields(one.getKey())), written, one.getKey());
        }
        shapes.put("layer", List.of());
        assertEquals(Set.copyOf(ShapeJson.OPS), shapes.keySet());
    }
}
