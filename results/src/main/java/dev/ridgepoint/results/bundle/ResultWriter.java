package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes {@code result.json}: a member of the head, a case, a file entry a line. */
final class ResultWriter {
    private final OutputStream out;
    private final Seal seal = new Seal();

    private ResultWriter(OutputStream out) {
        this.out = out;
    }

    static void write(Disk disk, Path bundle, RunDocument run, Journal cases, List<FileEntry> files)
            throws IOException {
        AtomicFile.write(disk, bundle, Layout.RESULT, out -> new ResultWriter(out).document(run, cases, files));
    }

    private void document(RunDocument run, Journal cases, List<FileEntry> files) throws IOException {
        ObjectNode head = Records.toJson(run);
        text("{\n");
        for (Map.Entry<String, JsonNode> member : head.properties()) {
            member(member.getKey());
            text(JsonText.write(member.getValue()) + ",\n");
        }
        member("cases");
        text("[");
        String separator = "\n";
        for (JournalIndex.Slot slot : cases.slots()) {
            text(separator);
            out.write(cases.text(slot));
            seal.addCase(slot.sha256());
            separator = ",\n";
        }
        text("\n],\n");
        member("files");
        text("[");
        separator = "\n";
        for (FileEntry file : files) {
            ObjectNode entry = Records.toJson(file);
            text(separator + JsonText.write(entry));
            seal.addFile(entry);
            separator = ",\n";
        }
        text("\n],\n");
        member("sha256");
        text("\"" + seal.of(head) + "\"\n}\n");
    }

    private void member(String name) throws IOException {
        text("\"" + name + "\":");
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
