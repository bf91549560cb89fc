package dev.ridgepoint.kernels.workload.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.workload.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelReaderTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, ObjectNode> ENTRIES = entries();

    private static Map<String, ObjectNode> entries() {
        try (InputStream in = Catalogue.class.getResourceAsStream("models.json")) {
            Map<String, ObjectNode> entries = new HashMap<>();
            MAPPER.readTree(in)
                    .path("models")
                    .forEach(entry -> entries.put(entry.get("model").asText(), (ObjectNode) entry));
            return entries;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            llama-3-8b          | kv_heads         | 5          | kv_heads: 5 key/value heads do not divide heads=32
            llama-3-8b          | head_dim         | null       | head_dim: missing
            llama-3-8b          | hidden           | -4096      | hidden: expected 1 to 2^31, got -4096
            llama-3-8b          | vocab            | 1e30       | vocab: expected a whole number, got 1.0E30
            llama-3-8b          | ffn              | "14336"    | ffn: expected a whole number, got "14336"
            llama-3-8b          | ffn_gated        | 1          | ffn_gated: expected true or false, got 1
            llama-3-8b          | window           | 4096       | window_layers: a sliding window needs both
            llama-3-8b          | cls              | "decodr"   | cls: unknown 'decodr'; known: encoder, encoder-decoder
            llama-3-8b          | verified         | "sure"     | verified: expected lookup or recall, got sure
            llama-3-8b          | source           | ""         | source: expected a text, got ""
            mistral-7b-v0.1     | window_layers    | 33         | window_layers: 33 of layers=32
            mixtral-8x7b        | top_k            | 9          | top_k: 9 of experts=8
            deepseek-v3         | kv_heads         | 8          | kv_heads: expanded latent attention has a key for each
            deepseek-v3         | head_dim         | 128        | head_dim: expected qk_nope + qk_rope = 192
            ModernBERT-base     | window           | null       | global_every: local layers need both
            bert-base-uncased   | mask             | "local"    | mask: expected full or causal
            whisper-base        | fixed_source     | 1501       | fixed_source: 1501 exceeds max_ctx=1500
            sd-1.5-unet         | levels           | []         | levels: expected a list of at least one, got []
            deepbench-lstm-512  | gates            | 3          | gates: a lstm has 4, got 3
            deepbench-lstm-512  | cell             | "rnn"      | cell: expected lstm or gru, got rnn
            dit-xl-2            | tokens           | [0]        | tokens: expected whole numbers of 1 to 2^31, got 0
            glow-cifar10        | levels           | 6          | levels: image=32 does not halve 6 times
            """)
    void aWrongFieldIsNamedWithItsModel(String model, String field, String value, String message) throws IOException {
        ObjectNode entry = ENTRIES.get(model).deepCopy();
        assertDoesNotThrow(() -> ModelReader.read(ENTRIES.get(model)));
        entry.set(field, MAPPER.readTree(value));
        var error = assertThrows(IllegalArgumentException.class, () -> ModelReader.read(entry));
        String expected = "model '" + model + "': " + message;
        assertEquals(
                expected,
                error.getMessage()
                        .substring(
                                0,
                                Math.min(expected.length(), error.getMessage().length())));
    }

    @Test
    void theHeadCountOfAPublishedUnetTakenForAHeadDimIsCaught() {
        ObjectNode entry = ENTRIES.get("sd-1.5-unet").deepCopy();
        ((ObjectNode) entry.get("levels").get(1)).put("head_dim", 8);
        var error = assertThrows(IllegalArgumentException.class, () -> ModelReader.read(entry));
        assertEquals(
                "model 'sd-1.5-unet': levels[1].head_dim: heads x head_dim = 64 is not ch=640; "
                        + "attention_head_dim in published configs is the head COUNT",
                error.getMessage());
    }

    @Test
    void aMisspeltFieldIsNotLost() {
        ObjectNode entry = ENTRIES.get("llama-3-8b").deepCopy().put("n_kv_heads", 8);
        var error = assertThrows(IllegalArgumentException.class, () -> ModelReader.read(entry));
        assertEquals(
                "model 'llama-3-8b': n_kv_heads: unknown field",
                error.getMessage().split(";")[0]);
    }
}
