package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.bisect.Evidence;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.json.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * One build of many: a jar or a checkout, which can be measured; the folder of a run of it, which says what its kernels
 * counted; or both, joined by a comma.
 *
 * @param text as it was typed
 * @param jar null where there is a run alone
 * @param bundle null where there is a jar alone
 */
record BisectBuild(String text, Path jar, Path bundle) {
    private static final String IMAGES = "kernels/";
    private static final String IMAGE = ".fatbin";
    private static final String CPU = "cpu_";
    /** What the kernels of the CPU are in: ours, and oneDNN. */
    private static final Set<String> CPU_LIBRARIES = Set.of("libridgepointcpu.so", "libdnnl.so.3");

    /** Classes that choose which of that runs, how often and on which layouts: of a CPU kernel as much a part. */
    private static final String CPU_CLASSES = "dev/ridgepoint/device/cpu";

    /** A case that builds are asked for: one question and one kernel; id and key are null where no run names it. */
    record Asked(String id, String key, String kernel) {
        String name() {
            return id == null ? kernel : id;
        }
    }

    static BisectBuild parse(String text) {
        Path jar = null;
        Path bundle = null;
        for (String part : text.split(",", -1)) {
            boolean run = !part.isEmpty() && Files.isRegularFile(Path.of(part, "result.json"));
            if (run ? bundle != null : jar != null) {
                throw UserError.refused(text + ": two " + (run ? "runs" : "jars") + " of one build");
            }
            if (run) {
                bundle = Path.of(part);
            } else {
                jar = AbSide.jar(part);
            }
        }
        return new BisectBuild(text, jar, bundle);
    }

    /** The cases of its run. */
    List<Asked> cases() throws IOException {
        return bundle == null
                ? List.of()
                : BundleReader.open(bundle).allCases().stream()
                        .filter(result -> result.subject() != null && !(result.outcome() instanceof Outcome.Skipped))
                        .map(result -> new Asked(
                                result.id(), result.caseKey(), result.subject().kernel()))
                        .toList();
    }

    /** The CUDA kernels its jar has images of, by id. */
    Set<String> kernels() throws IOException {
        if (jar == null) {
            return Set.of();
        }
        try (ZipFile zip = zip()) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(IMAGES) && name.endsWith(IMAGE))
                    .map(name -> name.substring(IMAGES.length(), name.length() - IMAGE.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** What is known of a case's kernel in this build without timing it. */
    Evidence evidence(Asked asked) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        Map<String, Long> counters = new LinkedHashMap<>();
        String whole = null;
        if (jar != null) {
            digests.putAll(inJar(asked.kernel()));
        }
        if (bundle != null && asked.key() != null) {
            BundleReader run = BundleReader.open(bundle);
            for (CaseResult result : run.allCases()) {
                if (result.caseKey().equals(asked.key())
                        && result.subject() != null
                        && result.subject().kernel().equals(asked.kernel())) {
                    digests.putAll(inRun(run.context(), result));
                    // A record of tuning, or a vendor's library, may choose other code under the same jar.
                    String built = run.context().build().jarSha256();
                    whole = built == null
                            ? null
                            : built + " " + result.subject().implementation();
                    if (result.outcome() instanceof Outcome.Simulated simulated) {
                        counters.putAll(simulated.counters());
                    }
                }
            }
        }
        return new Evidence(digests, counters, whole);
    }

    private ZipFile zip() throws IOException {
        try {
            return new ZipFile(jar.toFile());
        } catch (ZipException other) {
            throw UserError.refused(jar + ": no jar; a build is a jar, a checkout, or the folder of a run", other);
        }
    }

    private Map<String, String> inJar(String kernel) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        boolean cpu = kernel.substring(kernel.indexOf('/') + 1).startsWith(CPU);
        try (ZipFile zip = zip()) {
            List<ZipEntry> entries = new ArrayList<>(zip.stream()
                    .filter(entry -> cpu
                            ? CPU_LIBRARIES.contains(
                                    entry.getName().substring(entry.getName().lastIndexOf('/') + 1))
                            : entry.getName().equals(IMAGES + kernel + IMAGE))
                    .toList());
            if (cpu) {
                String classes = classes(zip);
                if (classes != null) {
                    digests.put(CPU_CLASSES, classes);
                }
            }
            for (ZipEntry entry : entries) {
                try (InputStream in = zip.getInputStream(entry)) {
                    digests.put(entry.getName().substring(entry.getName().lastIndexOf('/') + 1), digest(in));
                }
            }
        }
        return digests;
    }

    /** One digest of all, by name and bytes; null where a jar has none. */
    private static String classes(ZipFile zip) throws IOException {
        List<? extends ZipEntry> entries = zip.stream()
                .filter(entry -> entry.getName().startsWith(CPU_CLASSES + "/")
                        && entry.getName().endsWith(".class"))
                .sorted(Comparator.comparing(ZipEntry::getName))
                .toList();
        StringBuilder all = new StringBuilder();
        for (ZipEntry entry : entries) {
            try (InputStream in = zip.getInputStream(entry)) {
                all.append(entry.getName()).append(' ').append(digest(in)).append('\n');
            }
        }
        return entries.isEmpty() ? null : Sha256.hex(all.toString());
    }

    private static String digest(InputStream in) throws IOException {
        var digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return Sha256.hex(digest);
    }

    /** A run names the image of each kernel; where it names its jar alone, only the same jar holds the same kernel. */
    private static Map<String, String> inRun(Context context, CaseResult result) {
        String kernel = result.subject().kernel();
        String image = context.build().artifacts().get(IMAGES + kernel + IMAGE);
        if (image != null) {
            return Map.of(kernel.substring(kernel.indexOf('/') + 1) + IMAGE, image);
        }
        String digest = result.subject().buildDigest();
        return digest == null || digest.equals(context.build().jarSha256()) ? Map.of() : Map.of("image", digest);
    }
}
