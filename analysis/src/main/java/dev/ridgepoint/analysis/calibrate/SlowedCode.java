package dev.ridgepoint.analysis.calibrate;

import dev.ridgepoint.analysis.compare.TwoSamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forks of one code against forks of the same that were slowed on purpose, case by case. */
final class SlowedCode {
    private SlowedCode() {}

    /** Comparisons by family of the cases that both bundles have valid forks of. */
    static Map<String, List<TwoSamples>> against(Path plain, Path slowed) throws IOException {
        Map<String, SameCode.Case> others = SameCode.read(List.of(slowed)).cases();
        Map<String, List<TwoSamples>> comparisons = new LinkedHashMap<>();
        SameCode.read(List.of(plain)).cases().forEach((id, one) -> {
            SameCode.Case other = others.get(id);
            if (other != null) {
                comparisons
                        .computeIfAbsent(one.family(), family -> new ArrayList<>())
                        .add(TwoSamples.welch(one.logs(), other.logs()));
            }
        });
        return comparisons;
    }
}
