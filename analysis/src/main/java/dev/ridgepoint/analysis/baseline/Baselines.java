package dev.ridgepoint.analysis.baseline;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.analysis.report.WholeFile;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.Sha256;
import dev.ridgepoint.results.json.StrictJson;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Baselines by device: {@code <root>/<device>/<run id>/} is a copy of the whole bundle, {@code baseline.json} beside it
 * says which copy counts, and {@code calibration.json} what the device can show. Copies of former baselines stay.
 */
public final class Baselines {
    /** Says which copy counts. */
    public static final String FILE = "baseline.json";

    private static final long MAX_FILE = 1L << 20;

    private final Path root;

    public Baselines(Path root) {
        this.root = root;
    }

    /** The folder of a device: its name, and some digits of its id where it has one. */
    public Path folder(Context.Device device) {
        String name = device.name().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        String piece =
                device.uuidSha256() == null ? "unknown" : device.uuidSha256().substring(0, 8);
        return root.resolve((name.isEmpty() ? "device" : name) + "-" + piece);
    }

    /**
     * Makes a run the baseline of its device.
     *
     * @throws BundleException in one line, where it may not be one
     */
    public Baseline set(Path bundle) throws IOException {
        BundleReader reader = fit(bundle);
        Path folder = folder(reader.context().device());
        Path copy = folder.resolve(reader.run().runId());
        String digest = digest(bundle.resolve(Layout.RESULT));
        if (!Files.exists(copy)) {
            copy(bundle, copy);
        }
        if (!digest(copy.resolve(Layout.RESULT)).equals(digest)) {
            throw new BundleException(copy + " is another state of this run; move it away first");
        }
        Baseline baseline = new Baseline(
                reader.context().device().name(),
                reader.context().device().uuidSha256(),
                reader.run().runId(),
                reader.run().runId(),
                digest,
                reader.context().build().gitSha(),
                reader.run().started());
        String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Records.toJson(baseline));
        WholeFile.write(folder.resolve(FILE), text + "\n");
        return baseline;
    }

    private static BundleReader fit(Path bundle) throws IOException {
        List<Finding> errors = BundleValidator.validate(bundle).stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new BundleException(bundle + " is no baseline, being no valid bundle: " + errors.get(0));
        }
        BundleReader reader = BundleReader.open(bundle);
        List<String> objections = new ArrayList<>();
        if (!reader.run().complete()) {
            objections.add("the run is partial");
        }
        String noBase = reader.context().build().noBase();
        if (noBase != null) {
            objections.add(noBase);
        }
        int[] measured = new int[1];
        reader.cases(result -> measured[0] += result.outcome() instanceof Outcome.Measured ? 1 : 0);
        if (measured[0] == 0) {
            objections.add("no case was measured");
        }
        if (!objections.isEmpty()) {
            throw new BundleException(bundle + " is no baseline: " + String.join("; ", objections));
        }
        return reader;
    }

    /** The copy is whole or not there. */
    private static void copy(Path bundle, Path copy) throws IOException {
        Path unfinished = copy.resolveSibling("." + copy.getFileName() + ".tmp");
        delete(unfinished);
        try (Stream<Path> files = Files.walk(bundle)) {
            Files.createDirectories(unfinished);
            for (Path file : files.sorted().toList()) {
                Path relative = bundle.relativize(file);
                // Scratch files are no part of a bundle.
                if (!relative.toString().isEmpty() && !relative.toString().startsWith(".")) {
                    Files.copy(file, unfinished.resolve(relative.toString()));
                }
            }
            Files.move(unfinished, copy);
        } catch (FileSystemException failed) {
            // Its own words name the file that was copied, which is sound.
            throw new BundleException("cannot write " + copy + ": "
                    + (failed.getReason() == null ? failed.getMessage() : failed.getReason()));
        } finally {
            delete(unfinished);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Folders of devices that have a baseline, by name. */
    public List<Path> list() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(FILE)))
                    .sorted()
                    .toList();
        }
    }

    /** Reads what a device's folder says. */
    public static Baseline read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try (InputStream in = Files.newInputStream(file)) {
            return Records.fromJson(StrictJson.document(in, MAX_FILE), Baseline.class, "");
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        }
    }

    /**
     * The bundle that a path stands for: a device's folder stands for its baseline, anything else for itself.
     *
     * @throws BundleException where the copy is not what was made the baseline
     */
    public static Path bundle(Path path) throws IOException {
        if (!Files.isRegularFile(path.resolve(FILE))) {
            return path;
        }
        Baseline baseline = read(path);
        Path copy = path.resolve(baseline.folder());
        if (!digest(copy.resolve(Layout.RESULT)).equals(baseline.resultSha256())) {
            throw new BundleException(copy + " has changed since it was made the baseline; set it again");
        }
        return copy;
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Sha256.hex(digest);
    }
}
