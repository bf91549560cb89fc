package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.Sha256;
import dev.ridgepoint.results.validate.MeasuredForks.OfCase;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The files a bundle lists: where they may lie, that they are what was hashed, and what each must say. */
final class FileChecks {
    private static final Set<String> GROWING = Set.of(Layout.ITERATIONS, Layout.JOURNAL);

    private final Path bundle;
    private final Findings findings;
    private final Map<String, FileEntry> listed = new LinkedHashMap<>();

    FileChecks(Path bundle, Findings findings) {
        this.bundle = bundle;
        this.findings = findings;
    }

    /** Takes up an entry that names a place within the bundle; anything else is not even looked at. */
    void list(JsonNode element, String pointer) {
        FileEntry entry;
        try {
            entry = entry(element, pointer);
        } catch (JsonFormatException refused) {
            findings.error(Layout.RESULT, refused);
            return;
        }
        if (!Layout.isContent(entry.path())) {
            findings.error(Layout.RESULT, pointer + "/path", "names no file of a bundle: " + entry.path());
        } else if (listed.putIfAbsent(entry.path(), entry) != null) {
            findings.error(Layout.RESULT, pointer + "/path", entry.path() + " is listed twice");
        }
    }

    /** By hand where it has the plain form: a run has more parts than cases. */
    private static FileEntry entry(JsonNode element, String pointer) throws JsonFormatException {
        JsonNode path = element.path("path");
        JsonNode bytes = element.path("bytes");
        JsonNode sha256 = element.path("sha256");
        boolean plain = element.size() == 3
                && path.isTextual()
                && bytes.isLong()
                && bytes.longValue() >= 0
                && sha256.isTextual()
                && Sha256.isHex(sha256.textValue());
        return plain
                ? new FileEntry(path.textValue(), bytes.longValue(), sha256.textValue())
                : Records.fromJson(element, FileEntry.class, pointer);
    }

    void contents(RunDocument run, MeasuredForks forks, Context context) throws IOException {
        required(run, forks);
        if (linked(Layout.RAW) || linked(Layout.SAMPLES)) {
            return;
        }
        log(run, forks);
        Batch<FileEntry, FileEntry> batch = new Batch<>(
                findings,
                (entry, own) -> {
                    content(entry, run, forks, own);
                    return entry;
                },
                checked -> {});
        for (FileEntry entry : listed.values()) {
            if (!entry.path().equals(Layout.ITERATIONS)) {
                batch.add(entry, 0);
            }
        }
        batch.finish();
        parts(forks);
        if (!run.complete() && listed.containsKey(Layout.JOURNAL)) {
            new JournalChecks(findings, new TimingChecks(context, run))
                    .tail(
                            bundle.resolve(Layout.JOURNAL),
                            listed.get(Layout.JOURNAL).bytes());
        }
        unlisted(run);
    }

    private void required(RunDocument run, MeasuredForks forks) {
        require(Layout.CONTEXT);
        require(Layout.ITERATIONS);
        if (run.complete()) {
            if (forks.anyMeasured()) {
                require(Layout.JMH);
            }
            if (listed.containsKey(Layout.JOURNAL)) {
                findings.error(Layout.RESULT, "/files", "a complete bundle has no " + Layout.JOURNAL);
            }
        }
    }

    private void require(String name) {
        if (!listed.containsKey(name)) {
            findings.error(Layout.RESULT, "/files", name + " is not listed");
        }
    }

    private boolean linked(String folder) {
        boolean linked = Files.isSymbolicLink(bundle.resolve(folder));
        if (linked) {
            findings.error(folder, "", "is a symbolic link");
        }
        return linked;
    }

    private static boolean growing(FileEntry entry, RunDocument run) {
        return !run.complete() && GROWING.contains(entry.path());
    }

    /** The log is read before JMH's files, which are held against it. */
    private void log(RunDocument run, MeasuredForks forks) throws IOException {
        FileEntry entry = listed.get(Layout.ITERATIONS);
        if (entry != null) {
            IterationChecks checks = new IterationChecks(forks, run.complete(), findings);
            Artefact.check(bundle, entry, growing(entry, run), findings, checks::check);
        }
    }

    private void content(FileEntry entry, RunDocument run, MeasuredForks forks, Findings own) {
        JmhChecks jmh = new JmhChecks(forks, own);
        String path = entry.path();
        Artefact.Reading reading = content -> {};
        if (path.equals(Layout.JMH)) {
            reading = jmh::merged;
        } else if (path.startsWith(Layout.RAW + "/") && !path.endsWith(Layout.MERGED_CONTEXT)) {
            reading = jmh.ofPart(path);
        }
        try {
            Artefact.check(bundle, entry, growing(entry, run), own, reading);
        } catch (IOException failed) {
            own.error(path, "", "cannot be read: " + failed.getMessage());
        }
    }

    private void parts(MeasuredForks forks) {
        for (OfCase ofCase : forks.all()) {
            ofCase.forks().stream()
                    .filter(fork -> !fork.raw())
                    .forEach(fork -> findings.error(
                            Layout.RESULT,
                            "/files",
                            "lists no part of "
                                    + IterationChecks.name(
                                            ofCase.id(), fork.stated().fork())));
        }
    }

    /** Nothing vouches for these; a run that goes on has parts its {@code result.json} does not know yet. */
    private void unlisted(RunDocument run) throws IOException {
        for (String folder : new String[] {"", Layout.RAW, Layout.SAMPLES}) {
            Path path = bundle.resolve(folder);
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    String name = (folder.isEmpty() ? "" : folder + "/") + entry.getFileName();
                    if (run.complete() && !Layout.isExpected(name) && !listed.containsKey(name)) {
                        findings.warning(name, "", "is not listed in result.json, so no digest covers it");
                    }
                }
            }
        }
    }
}
