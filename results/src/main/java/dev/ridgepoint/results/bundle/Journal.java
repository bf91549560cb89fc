package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.bundle.JournalIndex.Slot;
import dev.ridgepoint.results.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * {@code cases.ndjson}: each outcome as it came, flushed at once. {@code result.json} is written from it now and then,
 * so that recording a case costs the same whether it is the tenth or the ten thousandth.
 */
final class Journal implements Closeable {
    private final AppendLog log;
    private final Map<String, Slot> slots;

    private Journal(AppendLog log, Map<String, Slot> slots) {
        this.log = log;
        this.slots = slots;
    }

    static Journal create(Disk disk, Path bundle) throws IOException {
        return new Journal(
                AppendLog.create(disk, bundle, Layout.JOURNAL),
                JournalIndex.empty().slots());
    }

    /** Goes on with a journal; a torn last line is cut off. */
    static Journal reopen(Disk disk, Path bundle) throws IOException {
        JournalIndex index = JournalIndex.of(bundle.resolve(Layout.JOURNAL));
        return new Journal(AppendLog.reopen(disk, bundle, Layout.JOURNAL, index.bytes()), index.slots());
    }

    /** Appends all of them at once: what costs is waiting for the disk. */
    void put(Collection<CaseResult> results) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Map<String, Slot> added = new LinkedHashMap<>();
        for (CaseResult result : results) {
            ObjectNode json = CaseJson.write(result);
            byte[] line = JsonText.write(json).getBytes(StandardCharsets.UTF_8);
            if (line.length >= ResultScan.MAX_ELEMENT) {
                throw new BundleException(
                        "case " + result.id() + " takes more than " + ResultScan.MAX_ELEMENT + " bytes");
            }
            long offset = log.length() + text.size();
            added.put(
                    result.id(),
                    new Slot(offset, line.length, json.get(CaseJson.SHA256).textValue()));
            text.writeBytes(line);
            text.write('\n');
        }
        log.append(text.toByteArray());
        slots.putAll(added);
    }

    Set<String> ids() {
        return slots.keySet();
    }

    Collection<Slot> slots() {
        return slots.values();
    }

    /** The JSON text of a case. */
    byte[] text(Slot slot) throws IOException {
        return JournalIndex.text(log.channel(), slot);
    }

    FileEntry entry() {
        return log.entry();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
