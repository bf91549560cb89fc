package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.model.LayerOp;
import dev.ridgepoint.kernels.workload.model.Model;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which extents occur in which story of which catalogue model, read off the layers of every pass the catalogue lists.
 *
 * @param <K> the extents looked up: a weight's, a head's
 */
final class LayerBook<K> {
    /** What a book wants of a layer. */
    interface Reader<K> {
        /** The extents of an operation; empty where it has none of that sort. */
        Optional<K> extents(LayerOp op);

        /** Tokens a sequence that meet it, 0 where that cannot be said. */
        long tokens(Pass pass, LayerOp op);
    }

    /** How many times the longest pass the catalogue lists a model may still meet. */
    private static long beyond(Architecture architecture) {
        return switch (architecture) {
            case DECODER -> 4;
            case ENCODER_DECODER -> 2;
            default -> 1;
        };
    }

    /** One model meeting some extents in one story. */
    private static final class Entry {
        private final Model model;
        private final Story story;
        private final TreeSet<Long> tokens = new TreeSet<>();
        private int layers;
        private int layersOfStory;

        private Entry(Model model, Story story) {
            this.model = model;
            this.story = story;
        }

        /** One listed length is a fixed one (a U-Net's level, Whisper's window); several are examples of a range. */
        private boolean takes(Long wanted) {
            if (wanted == null || tokens.contains(wanted) || tokens.contains(0L)) {
                return true;
            }
            return tokens.size() > 1 && wanted <= tokens.last() * beyond(story.architecture());
        }
    }

    private final Map<K, List<Entry>> entries = new HashMap<>();
    private final Map<Architecture, Long> models = new EnumMap<>(Architecture.class);

    LayerBook(KnownModels known, Reader<K> reader) {
        for (Model model : known.all()) {
            models.merge(KnownModels.architecture(model), 1L, Long::sum);
            add(model, reader);
        }
    }

    private void add(Model model, Reader<K> reader) {
        Map<Story, Map<K, Entry>> own = new EnumMap<>(Story.class);
        Map<Story, Integer> layers = new EnumMap<>(Story.class);
        for (Pass pass : model.passes()) {
            for (LayerOp op : model.layers(pass)) {
                reader.extents(op).ifPresent(extents -> {
                    long tokens = reader.tokens(pass, op);
                    Story story = story(KnownModels.architecture(model), pass, tokens);
                    Entry entry = own.computeIfAbsent(story, s -> new LinkedHashMap<>())
                            .computeIfAbsent(extents, e -> new Entry(model, story));
                    entry.tokens.add(tokens);
                    entry.layers++;
                    layers.merge(story, 1, Integer::sum);
                });
            }
        }
        own.forEach((story, its) -> its.forEach((extents, entry) -> {
            entry.layersOfStory = layers.get(story);
            entries.computeIfAbsent(extents, e -> new ArrayList<>()).add(entry);
        }));
    }

    /** The story a listed pass tells; layers that see one token a sequence are heads where the phase has such. */
    private static Story story(Architecture architecture, Pass pass, long tokens) {
        boolean head = tokens == 1;
        for (Story story : Story.values()) {
            boolean elsewhere = pass.phase() == Phase.OFFLINE || pass.phase() == Phase.TRAIN;
            boolean runs = elsewhere || story.architecture() == architecture;
            if (runs && story.phase() == pass.phase() && story.isHead() == (head && story.mayBeHead())) {
                return story;
            }
        }
        throw new IllegalStateException("no story for " + architecture + " in " + pass.label());
    }

    /**
     * How probable exactly these extents are in a story, were every catalogue model and each of its layers as likely as
     * the next.
     */
    double share(K extents, Story story, Long tokens) {
        double share = 0;
        for (Entry entry : entries.getOrDefault(extents, List.of())) {
            if (entry.story == story && entry.takes(tokens)) {
                share += entry.layers / (double) entry.layersOfStory;
            }
        }
        return share == 0 ? 0 : share / models.getOrDefault(story.architecture(), (long) totalModels());
    }

    private int totalModels() {
        return models.values().stream().mapToInt(Long::intValue).sum();
    }

    /** Names of the models that have such a layer at that many tokens. */
    List<String> owners(K extents, Long tokens) {
        return entries.getOrDefault(extents, List.of()).stream()
                .filter(entry -> entry.takes(tokens))
                .map(entry -> entry.model.name())
                .distinct()
                .toList();
    }
}
