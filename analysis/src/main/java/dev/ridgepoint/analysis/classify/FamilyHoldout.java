package dev.ridgepoint.analysis.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Judges each model family by a classifier whose catalogue never held it: not the models of its cases, nor any whose names
 * begin like theirs.
 */
final class FamilyHoldout {
    private FamilyHoldout() {}

    static List<Judged> judge(List<LabelledCase> cases, boolean blind) {
        List<Judged> judged = new ArrayList<>();
        Set<String> families = cases.stream()
                .map(LabelledCase::family)
                .filter(f -> f != null)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String family : families) {
            List<LabelledCase> own =
                    cases.stream().filter(c -> family.equals(c.family())).toList();
            Set<String> stems = own.stream()
                    .map(c -> c.descriptor().context().model())
                    .filter(m -> m != null)
                    .map(KnownModels::stem)
                    .collect(Collectors.toSet());
            Classifier stranger = Classifier.forgetting(name -> stems.contains(KnownModels.stem(name)));
            judged.addAll(Scores.of(own, stranger, blind).all());
        }
        return judged;
    }
}
