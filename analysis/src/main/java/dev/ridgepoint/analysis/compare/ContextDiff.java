package dev.ridgepoint.analysis.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.json.JsonDiff;
import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What differs between the contexts of two runs, field by field, and what follows from it.
 *
 * @param axes declared things that changed
 * @param otherDevice another kind, name or architecture
 * @param crossDevice the same, and another piece of it
 * @param deviceUnknown nobody knows whether it is the same piece
 */
public record ContextDiff(
        List<Difference> differences,
        Set<String> axes,
        boolean otherDevice,
        boolean crossDevice,
        boolean deviceUnknown) {

    /** The same context on both sides, or two of plain files, which do not know which piece of a device it was. */
    public static ContextDiff of(JsonNode base, JsonNode candidate) {
        List<Difference> differences = JsonDiff.of(base, candidate);
        Set<String> axes = new TreeSet<>();
        differences.stream()
                .map(difference -> Axis.of(difference.pointer()))
                .filter(Objects::nonNull)
                .forEach(axes::add);
        boolean other = Stream.of("/device/kind", "/device/name", "/device/arch")
                .anyMatch(pointer -> !base.at(pointer).equals(candidate.at(pointer)));
        JsonNode here = base.at("/device/uuidSha256");
        JsonNode there = candidate.at("/device/uuidSha256");
        boolean unknown = here.isNull() || there.isNull();
        return new ContextDiff(differences, axes, other, !other && !unknown && !here.equals(there), unknown);
    }

    /** Whether nothing declared changed but what is being judged: another build on the same machine, set up the same. */
    public boolean buildAlone() {
        return !otherDevice && !crossDevice && Set.of(Axis.BUILD).containsAll(axes);
    }

    /** Whether a host's part of a call is the same too: what is launched from Java runs through its jar. */
    boolean sameBut(Set<String> allowed) {
        return !otherDevice && !crossDevice && !deviceUnknown && allowed.containsAll(axes);
    }
}
