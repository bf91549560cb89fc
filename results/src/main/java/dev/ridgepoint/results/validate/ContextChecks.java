package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.Pointers;
import dev.ridgepoint.results.schema.Schemas;
import java.util.Map;
import java.util.regex.Pattern;

/** What must hold of {@code context.json}: its schema, and a reason for each null. */
final class ContextChecks {
    /** A finding with no fix is one where nothing is wrong: that null is its own reason. */
    private static final Pattern NOTHING_TO_MEND = Pattern.compile("/doctor/\\d+/fix");

    private final String file;
    private final Findings findings;

    ContextChecks(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /** The context, or null where it cannot be read as one. */
    Context check(JsonNode tree) {
        if (!findings.matches(Schemas.CONTEXT, tree, file, "")) {
            return null;
        }
        unexplained(tree, "", tree.path("unknown"));
        for (Map.Entry<String, JsonNode> reason : tree.path("unknown").properties()) {
            if (!isNull(tree, reason.getKey())) {
                findings.error(
                        file,
                        Pointers.child("/unknown", reason.getKey()),
                        "gives a reason for something that is not null");
            }
        }
        try {
            Context context = Records.fromJson(tree, Context.class, "");
            played(context);
            return context;
        } catch (JsonFormatException refused) {
            findings.error(file, refused);
            return null;
        }
    }

    /** A device that is only played says so, and nobody has measured how fast it is. */
    private void played(Context context) {
        if (!context.device().emulated()) {
            return;
        }
        if (!context.device().kind().equals(Context.EMULATED)) {
            findings.error(file, "/device/kind", context.device().name() + " is " + Context.EMULATED);
        }
        if (context.peaks().measured() != null) {
            findings.error(file, "/peaks/measured", "what only plays a device has no speed");
        }
    }

    private static boolean isNull(JsonNode tree, String pointer) {
        try {
            return tree.at(pointer).isNull();
        } catch (IllegalArgumentException noPointer) {
            return false;
        }
    }

    private void unexplained(JsonNode node, String pointer, JsonNode reasons) {
        if (node.isNull()
                && !reasons.has(pointer)
                && !NOTHING_TO_MEND.matcher(pointer).matches()) {
            findings.error(file, pointer, "is null and " + Layout.CONTEXT + "'s 'unknown' does not say why");
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            unexplained(member.getValue(), Pointers.child(pointer, member.getKey()), reasons);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            unexplained(node.get(i), Pointers.child(pointer, i), reasons);
        }
    }
}
