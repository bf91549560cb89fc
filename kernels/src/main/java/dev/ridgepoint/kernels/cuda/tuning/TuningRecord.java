package dev.ridgepoint.kernels.cuda.tuning;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.adopt.AdoptedKernel;
import dev.ridgepoint.kernels.json.JsonComplaint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a tuning run found, as its JSON file has it. Its times chose configs and are no result: a scoring run measures anew.
 *
 * @param format {@value #FORMAT}
 * @param device the device's name
 * @param arch its architecture
 * @param build what measured: commit or digest
 * @param made when, as in ISO 8601
 * @param choices one a kernel and problem that has more than one config
 */
@JsonPropertyOrder({"format", "device", "arch", "build", "made", "choices"})
public record TuningRecord(String format, String device, String arch, String build, String made, List<Choice> choices) {
    public static final String FORMAT = "ridgepoint-tuning/1";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /**
     * The config of a kernel for a problem.
     *
     * @param kernel its id
     * @param image digest of its compiled image
     * @param problem the problem's id
     * @param units SMs that the kernel's rule is to be asked for
     * @param reason why this one
     * @param measured every config there is, the built-in rule's first
     */
    @JsonPropertyOrder({"kernel", "image", "problem", "units", "reason", "measured"})
    public record Choice(
            String kernel, String image, String problem, int units, String reason, List<Measured> measured) {
        public Choice {
            measured = List.copyOf(measured);
            int chosen = units;
            if (measured.stream().noneMatch(config -> config.units() == chosen)) {
                throw new IllegalArgumentException("units: " + units + " was not measured");
            }
        }

        /** What was measured of the chosen config. */
        public Measured chosen() {
            return measured.stream()
                    .filter(config -> config.units() == units)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * A config and how long it took.
     *
     * @param config as the kernel's rule prints it
     * @param ns nanoseconds of a launch: the median of each round
     */
    @JsonPropertyOrder({"units", "config", "ns"})
    public record Measured(int units, String config, List<Double> ns) {
        public Measured {
            ns = List.copyOf(ns);
            if (units < 1) {
                throw new IllegalArgumentException("units: at least 1, not " + units);
            }
            if (ns.isEmpty()) {
                throw new IllegalArgumentException("ns: a config that was measured has a time");
            }
        }

        /** The median over rounds. */
        public double medianNs() {
            double[] sorted =
                    ns.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
    }

    public TuningRecord {
        choices = List.copyOf(choices);
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException("format: expected " + FORMAT + ", got '" + format + "'");
        }
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException in one line, if the file holds none
     */
    public static TuningRecord read(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), TuningRecord.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file.getFileName() + ": not a tuning record: " + JsonComplaint.of(e), e);
        }
    }

    /** What {@link #read} reads. */
    public String text() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers is always JSON", e);
        }
    }

    /** What a result says of whoever chose its configs. */
    public String name() {
        return "tuning record "
                + AdoptedKernel.sha256(text().getBytes(StandardCharsets.UTF_8)).substring(0, 16) + " of " + made;
    }

    /**
     * The kernel with the configs chosen for it; itself where there are none.
     *
     * @throws IllegalArgumentException in one line, if they were chosen for another image of it
     */
    public CudaRow apply(CudaRow row) {
        Map<String, Integer> units = new HashMap<>();
        for (Choice choice : choices) {
            if (choice.kernel().equals(row.id())) {
                if (!choice.image().equals(imageOf(row))) {
                    throw new IllegalArgumentException(
                            row.id() + " was compiled anew since it was tuned: run 'ridgepoint tune' again");
                }
                units.put(choice.problem(), choice.units());
            }
        }
        return units.isEmpty() ? row : new TunedRow(row, units, name());
    }

    /** The digest of a kernel's compiled image; {@code none} where it was not compiled. */
    public static String imageOf(CudaRow row) {
        return row.image().map(AdoptedKernel::sha256).orElse("none");
    }
}
