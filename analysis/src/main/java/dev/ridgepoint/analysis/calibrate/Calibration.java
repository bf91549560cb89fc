package dev.ridgepoint.analysis.calibrate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.analysis.compare.Margins;
import dev.ridgepoint.analysis.report.WholeFile;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a box was seen to show, as {@code calibration.json} beside its baseline. Rates and powers are shares of one,
 * spreads and margins ratios minus one.
 *
 * @param schema version of this format
 * @param device name of the device
 * @param uuidSha256 which piece of it
 * @param protocol digest of how times were taken
 * @param runs ids of the runs whose forks it is made of
 * @param forks forks a side that all figures are for
 * @param planted the slowdown that was to be found
 * @param method how, in a sentence
 * @param families by kind of case
 */
public record Calibration(
        String schema,
        String device,
        String uuidSha256,
        String protocol,
        List<String> runs,
        int forks,
        double planted,
        String method,
        List<Family> families)
        implements Margins {

    public static final String SCHEMA = "1.1.0";

    /** The name of the file in a device's folder of baselines. */
    public static final String FILE = "calibration.json";

    private static final long MAX_FILE = 4L << 20;

    public Calibration {
        runs = List.copyOf(runs);
        families = List.copyOf(families);
        if (!SCHEMA.equals(schema)) {
            throw new IllegalArgumentException("schema: expected " + SCHEMA + ", got " + schema);
        }
        if (forks < 2) {
            throw new IllegalArgumentException("forks: expected 2 or more, got " + forks);
        }
    }

    /**
     * One kind of case.
     *
     * @param family operation and timing domain
     * @param cases cases it is made of
     * @param forksSeen forks of the case with the fewest
     * @param cv median spread between forks
     * @param mde median slowdown that the test alone detects with 80 % power
     * @param margin what a gate should use: detectable in four of five cases, with false alarms in one of fifty at most
     * @param falseAlarms share of comparisons of the same code called, before correction, at this margin
     * @param power share of planted slowdowns called
     * @param pairs comparisons of runs that were really made twice; of these,
     * @param pairAlarms called
     * @param slowed comparisons with forks that were really slowed by what was planted; of these,
     * @param slowedFound called slower
     * @param slowdown median of how much slower they were, null where there are none
     */
    public record Family(
            String family,
            int cases,
            int forksSeen,
            double cv,
            double mde,
            double margin,
            double falseAlarms,
            double power,
            int pairs,
            int pairAlarms,
            int slowed,
            int slowedFound,
            Double slowdown) {
        public Family {
            if (!(margin > 0 && margin < 1)) {
                throw new IllegalArgumentException("margin: expected a ratio above 0 and below 1, got " + margin);
            }
        }
    }

    @Override
    public double of(String family, double usual) {
        return families.stream()
                .filter(one -> one.family().equals(family))
                .mapToDouble(Family::margin)
                .findFirst()
                .orElse(usual);
    }

    @Override
    public String sentence() {
        return "Margins are from the calibration of " + device + " over " + runs.size()
                + (runs.size() == 1 ? " run: " : " runs: ")
                + families.stream()
                        .map(one -> String.format(Locale.ROOT, "%s %.1f %%", one.family(), 100 * one.margin()))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    /**
     * Reads one, strictly.
     *
     * @throws BundleException in one line that names file and member
     */
    public static Calibration read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Records.fromJson(StrictJson.document(in, MAX_FILE), Calibration.class, "");
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        }
    }

    /** Writes it; the file is complete or not there. */
    public void write(Path file) throws IOException {
        String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Records.toJson(this));
        Files.createDirectories(file.toAbsolutePath().getParent());
        WholeFile.write(file, text + "\n");
    }
}
