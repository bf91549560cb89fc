package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.validate.MeasuredForks.OfCase;
import dev.ridgepoint.results.validate.MeasuredForks.OfFork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files a bundle lists: where they may lie, that they are what was hashed, and what each must say. */
final class FileChecks {
    /** About what an entry takes, and the cases beside it. */
    private static final int BYTES_AN_ENTRY = 500;

    private static final int MOST = 1 << 18;
    private static final Set<String> GROWING = Set.of(Layout.ITERATIONS, Layout.JOURNAL);

    private final Path bundle;
    private final Findings findings;
    private final boolean copies;
    private final Map<String, Listed> listed;

    /** An entry, and whether its file was seen in its folder. */
    private static final class Listed {
        private final FileEntry entry;
        private boolean there;

        Listed(FileEntry entry) {
            this.entry = entry;
        }
    }

    /** @param copies whether JMH's own files of a complete bundle are opened, or only have to be there */
    FileChecks(Path bundle, Findings findings, boolean copies) {
        this.bundle = bundle;
        this.findings = findings;
        this.copies = copies;
        long listing = bundle.resolve(Layout.RESULT).toFile().length();
        // As many as can be listed, so that the map never grows; more than MOST grow it after all.
        this.listed = new LinkedHashMap<>((int) Math.min(listing / BYTES_AN_ENTRY, MOST));
    }

    /** Takes up an entry that names a place within the bundle; anything else is not even looked at. */
    void list(JsonNode element, int index) {
        try {
            list(Records.fromJson(element, FileEntry.class, pointer(index)), index);
        } catch (JsonFormatException refused) {
            findings.error(Layout.RESULT, refused);
        }
    }

    /** The same of an entry that was read already. */
    void list(FileEntry entry, int index) {
        if (!Layout.isContent(entry.path())) {
            findings.error(Layout.RESULT, pointer(index) + "/path", "names no file of a bundle: " + entry.path());
        } else if (listed.putIfAbsent(entry.path(), new Listed(entry)) != null) {
            findings.error(Layout.RESULT, pointer(index) + "/path", entry.path() + " is listed twice");
        }
    }

    private static String pointer(int index) {
        return "/files/" + index;
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
        for (Listed one : listed.values()) {
            String path = one.entry.path();
            if (!path.equals(Layout.ITERATIONS) && (opened || !isCopy(path))) {
                batch.add(one.entry, 0);
            }
        }
        batch.finish();
        List<String> strangers = strangers(Layout.RAW);
        if (!opened) {
            present(forks);
        }
        parts(forks);
        if (!run.complete() && listed.containsKey(Layout.JOURNAL)) {
            new JournalChecks(findings, new TimingChecks(context, run))
                    .tail(
                            bundle.resolve(Layout.JOURNAL),
                            listed.get(Layout.JOURNAL).entry.bytes());
        }
        if (run.complete()) {
            unlisted(strangers);
        }
    }

    /** What JMH wrote says nothing that the log does not say. */
    private static boolean isCopy(String path) {
        return path.equals(Layout.JMH) || path.startsWith(Layout.RAW + "/");
    }

    /** Looks for JMH's files without opening them; ten thousands of parts were seen in the names of their folder. */
    private void present(MeasuredForks forks) throws IOException {
        for (Listed one : listed.values()) {
            String path = one.entry.path();
            if (path.equals(Layout.JMH)) {
                Artefact.inPlace(bundle.resolve(path), one.entry, false, findings);
            } else if (isCopy(path) && !one.there) {
                findings.error(path, "", Artefact.MISSING);
            }
        }
        for (OfCase ofCase : forks.all()) {
            for (OfFork fork : ofCase.forks()) {
                Listed part = listed.get(ofCase.part(fork));
                if (part != null && part.there) {
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
        Listed log = listed.get(Layout.ITERATIONS);
        if (log != null) {
            FileEntry entry = log.entry;
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
    private void unlisted(List<String> raw) throws IOException {
        for (List<String> names : List.of(strangers(""), raw, strangers(Layout.SAMPLES))) {
            for (String name : names) {
                if (!Layout.isExpected(name)) {
                    findings.warning(name, "", "is not listed in result.json, so no digest covers it");
                }
            }
        }
    }

    /** Paths of what lies in a folder of the bundle and is not listed, as the folder has them; what is listed is marked. */
    private List<String> strangers(String folder) throws IOException {
        Path path = bundle.resolve(folder);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        String[] found = path.toFile().list();
        if (found == null) {
            throw new IOException(path + " cannot be listed");
        }
        List<String> strangers = new ArrayList<>();
        for (String name : found) {
            String inside = folder.isEmpty() ? name : folder + "/" + name;
            Listed known = listed.get(inside);
            if (known == null) {
                strangers.add(inside);
            } else {
                known.there = true;
            }
        }
        return strangers;
    }
}
