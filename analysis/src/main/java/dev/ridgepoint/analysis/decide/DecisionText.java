package dev.ridgepoint.analysis.decide;

/** A decision for people: every dimension a column, what is absent said, formulas and limits below. */
public final class DecisionText {
    private DecisionText() {}

    /** The whole text. */
    public static String render(Decision decision) {
        TextLines out = new TextLines();
        AlternativesText.write(decision, out);
        KernelsText.write(decision, out);
        StepsText.write(decision, out);
        ServedText.write(decision, out);
        MixText.write(decision, out);
        LeftOutText.write(decision, out);
        out.sentences("Formulas", decision.formulas());
        out.sentences("Taken for granted", decision.assumptions());
        out.sentences("Not said", decision.limits());
        TriggersText.write(decision, out);
        return out.toString();
    }
}
