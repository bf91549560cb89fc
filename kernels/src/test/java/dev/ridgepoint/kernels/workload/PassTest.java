package dev.ridgepoint.kernels.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "encode_b8_s128",
                "prefill_b1_s2048_tp8",
                "chunk_b1_q512_kv4096",
                "decode_b1_kv2048",
                "decode_b4_kv60_src512_beams4",
                "decode_b16_kv6000_page16",
                "decode_4x1x128_4x1x700",
                "verify_b1_q5_kv2048",
                "verify_b1_q16_kv2048_tree",
                "mixed_1x512x2048_32x1x4096",
                "step_b64",
                "denoise_b2_s4096",
                "oneshot_b1_s4096",
                "train_b8_s512",
                "offline"
            })
    void aNameReadsBackAsItIsWritten(String label) {
        assertEquals(label, PassLabel.parse(label).label());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "decode",
                "decode_kv2048",
                "decode_kv2048_b1",
                "decode_b1_q2_kv2048",
                "decode_b01_kv2048",
                "decode_b1_kv2048_beams1",
                "decode_b1_kv2048_tree",
                "decode_b1_kv2048_",
                "encode_b1_s128_kv128",
                "verify_b1_q5_kv4",
                "decode_b1_kv99999999999999999999",
                "decode_b1_kv2048_tp99999999999",
                "offline_b1",
                "Decode_b1_kv2048"
            })
    void anyOtherSpellingIsRefused(String label) {
        assertThrows(IllegalArgumentException.class, () -> PassLabel.parse(label));
    }

    @Test
    void rowsCountNewTokensOfAllSequencesAndBeams() {
        assertEquals(1024, Pass.encode(8, 128).rows());
        assertEquals(64, Pass.decode(16, 100).withBeams(4).rows());
        assertEquals(16, Pass.decode(16, 100).withBeams(4).batch());
        assertEquals(320, Pass.verify(64, 5, 2048).rows());
        Pass mixed = Pass.ragged(Phase.MIXED_BATCH, new Segment(1, 448, 448), new Segment(64, 1, 1024));
        assertEquals(512, mixed.rows());
        assertEquals(65, mixed.batch());
        var error = assertThrows(IllegalArgumentException.class, mixed::keys);
        assertTrue(error.getMessage().contains("several lengths"), error.getMessage());
    }
}
