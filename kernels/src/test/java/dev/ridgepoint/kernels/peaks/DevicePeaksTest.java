package dev.ridgepoint.kernels.peaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.workload.Catalogue;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevicePeaksTest {
    private static final DevicePeaks PEAKS = DevicePeaks.load();

    /** The labelled cases carry the peaks they were labelled with: an independent copy of four devices' figures. */
    @Test
    void theLabelledCasesWereLabelledWithThesePeaks() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        int compared = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Catalogue.class.getResourceAsStream("cases-dev.jsonl"), StandardCharsets.UTF_8))) {
            for (String line; (line = lines.readLine()) != null; compared++) {
                JsonNode item = mapper.readTree(line);
                JsonNode hardware = item.get("hardware");
                DevicePeak device = PEAKS.device(hardware.get("name").asText());
                String id = item.get("id").asText();
                DType type = DType.parse(item.at("/precision/peak").asText());
                assertEquals(
                        hardware.get("peak_tflops").asDouble(),
                        device.tflops(type).orElseThrow(),
                        0.05,
                        id);
                assertEquals(
                        hardware.get("peak_bf16_tflops").asDouble(),
                        device.tflops(DType.BF16).orElseThrow(),
                        0.05,
                        id);
                assertEquals(hardware.get("bandwidth_tbs").asDouble(), device.bandwidthTbs(), 1e-9, id);
                assertEquals(hardware.get("l2_mb").asDouble(), device.l2Mb(), 1e-9, id);
                assertEquals(hardware.get("sms").asInt(), device.sms(), id);
                assertEquals(item.at("/reference/ridge").asDouble(), device.ridge(type), 0.05, id);
            }
        }
        assertTrue(compared > 100, "compared " + compared);
    }

    @Test
    void everyDeviceOfTheIssueIsThere() {
        for (String name : List.of(
                "H100 SXM5", "h100-pcie", "H100_NVL", "H200", "A100", "L4", "L40S", "B200", "RTX 4090", "rtx-5090")) {
            PEAKS.device(name);
        }
        assertSame(PEAKS.device("H100-SXM"), PEAKS.device("NVIDIA H100 80GB HBM3"));
    }

    @Test
    void ratesAreDenseSoNarrowTypesDoubleAndNeverQuadruple() {
        for (DevicePeak device : PEAKS.devices()) {
            double bf16 = device.tflops(DType.BF16).orElseThrow();
            double fp16 = device.tflops(DType.FP16).orElseThrow();
            assertEquals(bf16, fp16, device.name());
            assertTrue(device.tflops(DType.TF32).orElseThrow() <= 0.51 * bf16, device.name());
            device.tflops(DType.FP8_E4M3).ifPresent(fp8 -> {
                assertEquals(2, fp8 / bf16, 0.03, device.name());
                assertEquals(fp8, device.tflops(DType.FP8_E5M2).orElseThrow(), device.name());
            });
            device.tflops(DType.FP4_E2M1)
                    .ifPresent(fp4 ->
                            assertTrue(fp4 >= 2 * device.tflops(DType.FP8_E4M3).orElseThrow(), device.name()));
        }
    }

    @Test
    void aTypeWithoutAMultiplierHasNoRidge() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> PEAKS.device("A100").ridge(DType.FP8_E4M3));
        assertTrue(error.getMessage().startsWith("device: A100-80G declares no rate for fp8_e4m3"), error.getMessage());
    }

    @Test
    void anUnknownDeviceSaysWhatIsNear() {
        var error = assertThrows(IllegalArgumentException.class, () -> PEAKS.device("H10O-SXM"));
        assertTrue(
                error.getMessage().startsWith("device: unknown 'H10O-SXM'; did you mean H100-SXM"), error.getMessage());
        assertTrue(PEAKS.find("TPU v5").isEmpty());
    }

    @Test
    void aFigureWithoutASourceIsRefused() {
        String json = """
                {"devices": [{"name": "X", "dense_tflops": {"bf16": 1}, "bandwidth_tbs": 1, "l2_mb": 1, "sms": 1}]}
                """;
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> DevicePeaks.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
        assertEquals("device 'X': sources: a figure without a source is not one", error.getMessage());
    }
}
