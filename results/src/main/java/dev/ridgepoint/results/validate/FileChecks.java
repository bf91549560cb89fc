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
import dev.ridgepoint.results.validate.MeasuredForks.OfFork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files a bundle lists: where they may lie, that they are what was hashed, and what each must say. */
final class FileChecks {
    private static final Set<String> GROWING = Set.of(Layout.ITERATIONS, Layout.JOURNAL);

    private final Path bundle;
    private final Findings findings;
    private final boolean copies;
    private final Map<String, FileEntry> listed = new LinkedHashMap<>();

    /** @param copies whether JMH's own files of a complete bundle are opened, or only have to be there */
    FileChecks(Path bundle, Findings findings, boolean copies) {
        this.bundle = bundle;
        this.findings = findings;
        this.copies = copies;
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
        boolean opened = copies || !run.complete();
        Batch<FileEntry, FileEntry> batch = new Batch<>(
                findings,
                (entry, own) -> {
                    content(entry, run, forks, own);
                    return entry;
                },
                checked -> {});
        for (FileEntry entry : listed.values()) {
            if (!entry.path().equals(Layout.ITERATIONS) && (opened || !isCopy(entry.path()))) {
                batch.add(entry, 0);
            }
        }
        batch.finish();
        Set<String> raw = names(Layout.RAW);
        if (!opened) {
            present(raw, forks);
        }
        parts(forks);
        if (!run.complete() && listed.containsKey(Layout.JOURNAL)) {
            new JournalChecks(findings, new TimingChecks(context, run))
                    .tail(
                            bundle.resolve(Layout.JOURNAL),
                            listed.get(Layout.JOURNAL).bytes());
        }
        if (run.complete()) {
            unlisted(raw);
        }
    }

    /** What JMH wrote says nothing that the log does not say. */
    private static boolean isCopy(String path) {
        return path.equals(Layout.JMH) || path.startsWith(Layout.RAW + "/");
    }

    /** Looks for JMH's files without opening them; ten thousands of parts are looked up in the names of their folder. */
    private void present(Set<String> raw, MeasuredForks forks) throws IOException {
        for (FileEntry entry : listed.values()) {
            if (entry.path().equals(Layout.JMH)) {
                Artefact.inPlace(bundle.resolve(entry.path()), entry, false, findings);
            } else if (isCopy(entry.path()) && !raw.contains(entry.path())) {
                findings.error(entry.path(), "", Artefact.MISSING);
            }
        }
        for (OfCase ofCase : forks.all()) {
            for (OfFork fork : ofCase.forks()) {
                String part = ofCase.part(fork);
                if (listed.containsKey(part) && raw.contains(part)) {
                    fork.seeRaw();
                }
            }
        }
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
    private void unlisted(Set<String> raw) throws IOException {
        for (Set<String> names : List.of(names(""), raw, names(Layout.SAMPLES))) {
            for (String name : names) {
                if (!Layout.isExpected(name) && !listed.containsKey(name)) {
                    findings.warning(name, "", "is not listed in result.json, so no digest covers it");
                }
            }
        }
    }

    /** Paths of what lies in a folder of the bundle, as the folder has them; none where there is no folder. */
    private Set<String> names(String folder) throws IOException {
        Path path = bundle.resolve(folder);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return Set.of();
        }
        String[] found = path.toFile().list();
        if (found == null) {
            throw new IOException(path + " cannot be listed");
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : found) {
            names.add(folder.isEmpty() ? name : folder + "/" + name);
        }
        return names;
    }
}
