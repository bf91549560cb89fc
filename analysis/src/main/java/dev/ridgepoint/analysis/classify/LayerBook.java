package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.KnownModels.Layer;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.model.LayerOp;
import dev.ridgepoint.kernels.workload.model.Model;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** One model meeting some extents in one story. */
    private static final class Entry {
        private final Model model;
        private final Story story;
        private final Set<Long> tokens = new HashSet<>();
        private long most;
        private int layers;
        /** Chance of these extents in this story, were every model and each of its layers as likely as the next. */
        private double share;

        private Entry(Model model, Story story) {
            this.model = model;
            this.story = story;
        }

        /** One listed length is a fixed one (a U-Net's level, Whisper's window); several are examples of a range. */
        private boolean takes(Long wanted) {
            if (wanted == null || tokens.contains(wanted) || tokens.contains(0L)) {
                return true;
            }
            return tokens.size() > 1 && wanted <= most * beyond(story.architecture());
        }

        /** How many times the longest pass the catalogue lists a model may still meet. */
        private static long beyond(Architecture architecture) {
            return switch (architecture) {
                case DECODER -> 4;
                case ENCODER_DECODER -> 2;
                default -> 1;
            };
        }
    }

    private static final Story[] STORIES = Story.values();

    private final Map<K, List<Entry>> entries = new HashMap<>();

    LayerBook(KnownModels known, Reader<K> reader) {
        for (Map<Story, Map<K, Entry>> own : entriesByModel(known, reader).values()) {
            own.forEach((story, its) -> {
                boolean anybodys = story.architecture() == Architecture.NO_REQUEST;
                double models = anybodys ? known.count() : known.count(story.architecture());
                double layers = its.values().stream().mapToInt(e -> e.layers).sum();
                its.forEach((extents, entry) -> {
                    entry.share = entry.layers / layers / models;
                    entries.computeIfAbsent(extents, e -> new ArrayList<>()).add(entry);
                });
            });
        }
    }

    private Map<String, Map<Story, Map<K, Entry>>> entriesByModel(KnownModels known, Reader<K> reader) {
        Map<String, Map<Story, Map<K, Entry>>> byModel = new LinkedHashMap<>();
        for (Layer layer : known.layers()) {
            Optional<K> extents = reader.extents(layer.op());
            if (extents.isPresent()) {
                long tokens = reader.tokens(layer.pass(), layer.op());
                Story story = story(layer.architecture(), layer.pass(), tokens);
                Entry entry = byModel.computeIfAbsent(layer.model().name(), m -> new EnumMap<>(Story.class))
                        .computeIfAbsent(story, s -> new LinkedHashMap<>())
                        .computeIfAbsent(extents.get(), e -> new Entry(layer.model(), story));
                entry.tokens.add(tokens);
                entry.most = Math.max(entry.most, tokens);
                entry.layers++;
            }
        }
        return byModel;
    }

    /** The story a listed pass tells; layers that see one token a sequence are heads where the phase has such. */
    private static Story story(Architecture architecture, Pass pass, long tokens) {
        boolean elsewhere = pass.phase() == Phase.OFFLINE || pass.phase() == Phase.TRAIN;
        for (Story story : STORIES) {
            boolean runs = elsewhere || story.architecture() == architecture;
            if (runs && story.phase() == pass.phase() && story.isHead() == (tokens == 1 && story.mayBeHead())) {
                return story;
            }
        }
        throw new IllegalStateException("no story for " + architecture + " in " + pass.label());
    }

    /** Chance of exactly these extents at that many tokens (null: any), in the order of {@link Story}. */
    double[] shares(K extents, Long tokens) {
        double[] shares = new double[STORIES.length];
        for (Entry entry : entries.getOrDefault(extents, List.of())) {
            if (entry.takes(tokens)) {
                shares[entry.story.ordinal()] += entry.share;
            }
        }
        return shares;
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
