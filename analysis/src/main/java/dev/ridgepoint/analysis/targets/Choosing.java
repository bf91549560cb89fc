package dev.ridgepoint.analysis.targets;

import dev.ridgepoint.analysis.report.RunFigures;
import dev.ridgepoint.analysis.report.RunFigures.Figure;
import dev.ridgepoint.analysis.report.RunFigures.Omission;
import dev.ridgepoint.results.Question;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the figure of a run that a choice means, or the reason why there is none. */
final class Choosing {
    private final Targets targets;
    private final RunFigures run;

    Choosing(Targets targets, RunFigures run) {
        this.targets = targets;
        this.run = run;
    }

    /**
     * What was found.
     *
     * @param figure the fastest, null where there is none
     * @param among valid figures it was chosen from, in the run they were timed in
     * @param reason one line, null where there is a figure
     */
    record Found(Figure figure, int among, String reason) {}

    Found find(CaseChoice choice) {
        List<Figure> answers = run.figures().stream()
                .filter(figure -> choice.asks(figure.result().question()))
                .filter(figure -> choice.kernels().matches(kernel(figure)))
                .toList();
        List<Figure> meant = answers.stream()
                .filter(figure -> asMeant(figure.result().question()))
                .toList();
        return meant.stream()
                .min(Comparator.comparingDouble(figure -> figure.timing().steadyNs()))
                .map(fastest -> new Found(fastest, meant.size(), null))
                .orElseGet(() -> new Found(null, 0, answers.isEmpty() ? missing(choice) : otherwise(answers.get(0))));
    }

    static String kernel(Figure figure) {
        return figure.result().subject().kernel();
    }

    private boolean asMeant(Question question) {
        return question.domain().equals(targets.domain())
                && question.cacheState().equals(targets.cacheState())
                && question.inputs().distribution().equals(targets.distribution());
    }

    private String otherwise(Figure figure) {
        Question question = figure.result().question();
        return figure.id() + " was measured in " + question.domain() + ", " + question.cacheState() + ", on "
                + question.inputs().distribution() + " inputs; targets are of " + targets.domain() + ", "
                + targets.cacheState() + ", " + targets.distribution();
    }

    private String missing(CaseChoice choice) {
        List<Omission> omitted = run.omitted().stream()
                .filter(omission -> choice.asks(omission.result().question()))
                .toList();
        String id = choice.workload().id();
        return first(omitted, omission -> choice.kernels().matches(asked(omission)))
                .or(() -> first(omitted, Choosing::ofAllKernels))
                .map(omission -> omission.id() + " " + omission.how() + ": " + omission.reason())
                .orElseGet(() -> answeredByOthers(choice)
                        ? "no " + choice.shortKernels() + " answered " + id + " in this run"
                        : "no case " + id + " in this run; 'ridgepoint run --suite targets' asks it");
    }

    private boolean answeredByOthers(CaseChoice choice) {
        return run.figures().stream()
                .anyMatch(figure -> choice.asks(figure.result().question()));
    }

    private static Optional<Omission> first(List<Omission> omitted, Predicate<Omission> wanted) {
        return omitted.stream().filter(wanted).findFirst();
    }

    /** The kernel that was asked; of one that never ran only the case's id knows, behind its last colon. */
    private static String asked(Omission omission) {
        Question question = omission.result().question();
        return omission.kernel().equals("none")
                ? question.op() + "/" + omission.id().substring(omission.id().lastIndexOf(':') + 1)
                : omission.kernel();
    }

    private static boolean ofAllKernels(Omission omission) {
        return omission.kernel().equals("none")
                && omission.id().endsWith(":" + omission.result().question().cacheState());
    }
}
