package dev.ridgepoint.analysis.classify;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers as they are written, kept for the next time: a trace asks about the same few shapes again and again. Bounded, so
 * that a trace of shapes that never come back costs no more memory.
 */
final class AnswerCache {
    private static final int AT_MOST = 4096;

    private final Map<Descriptor, byte[]> answers = new ConcurrentHashMap<>();
    private final Classifier classifier;

    AnswerCache(Classifier classifier) {
        this.classifier = classifier;
    }

    /** The fields of the answer to a descriptor, whatever its id; see {@link ClassificationJson#fields}. */
    byte[] fields(Descriptor descriptor) {
        Descriptor anonymous = descriptor.anonymous();
        byte[] known = answers.get(anonymous);
        if (known != null) {
            return known;
        }
        byte[] made = ClassificationJson.fields(classifier.classify(anonymous));
        if (answers.size() < AT_MOST) {
            answers.put(anonymous, made);
        }
        return made;
    }
}
