package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.results.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which case of the candidate answers which case of the base. The same question answered by the same kernel through the
 * same binding comes first; then a question that each side answers once, so that two kernels meet; last the same
 * problem asked in another way, so that a refusal can say what differs.
 */
final class Matching {
    /** Two cases to be judged together, and the place of the base's in its file. */
    record Pair(int order, Entry base, Entry candidate) {}

    private record Placed(int order, Entry entry) {}

    private final List<Pair> pairs = new ArrayList<>();
    private List<Placed> base;
    private List<Placed> candidate;

    private Matching(List<Entry> base, List<Entry> candidate) {
        this.base = placed(base);
        this.candidate = placed(candidate);
    }

    private static List<Placed> placed(List<Entry> entries) {
        List<Placed> placed = new ArrayList<>(entries.size());
        entries.forEach(entry -> placed.add(new Placed(placed.size(), entry)));
        return placed;
    }

    static Matching of(List<Entry> base, List<Entry> candidate) {
        Matching matching = new Matching(base, candidate);
        matching.meet(entry -> entry.key() + '\n' + answerer(entry) + '\n' + entry.benchmark());
        matching.meet(entry -> entry.key() + '\n' + answerer(entry));
        matching.meet(Entry::key);
        matching.meet(entry -> entry.problem().get() + '\n' + answerer(entry));
        matching.meet(entry -> entry.problem().get());
        matching.pairs.sort(Comparator.comparingInt(Pair::order));
        return matching;
    }

    private static String answerer(Entry entry) {
        Subject subject = entry.subject();
        return subject == null ? "" : subject.kernel() + '\n' + subject.backend();
    }

    /** Pairs those that are the only ones of their name on both sides. */
    private void meet(Function<Entry, String> name) {
        Map<String, List<Placed>> there = grouped(candidate, name);
        Set<Integer> met = new HashSet<>();
        List<Placed> left = new ArrayList<>();
        grouped(base, name).forEach((key, here) -> {
            List<Placed> others = there.getOrDefault(key, List.of());
            if (here.size() == 1 && others.size() == 1) {
                pairs.add(new Pair(
                        here.get(0).order(), here.get(0).entry(), others.get(0).entry()));
                met.add(others.get(0).order());
            } else {
                left.addAll(here);
            }
        });
        base = left;
        candidate = candidate.stream()
                .filter(placed -> !met.contains(placed.order()))
                .toList();
    }

    private static Map<String, List<Placed>> grouped(List<Placed> entries, Function<Entry, String> name) {
        Map<String, List<Placed>> groups = new LinkedHashMap<>();
        entries.forEach(placed -> groups.computeIfAbsent(name.apply(placed.entry()), key -> new ArrayList<>(1))
                .add(placed));
        return groups;
    }

    /** In the order of the base. */
    List<Pair> pairs() {
        return pairs;
    }

    /** Cases the candidate lacks. */
    List<Entry> baseOnly() {
        return base.stream().map(Placed::entry).toList();
    }

    /** Cases the base lacks. */
    List<Entry> candidateOnly() {
        return candidate.stream().map(Placed::entry).toList();
    }
}
