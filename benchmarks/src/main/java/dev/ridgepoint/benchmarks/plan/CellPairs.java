package dev.ridgepoint.benchmarks.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which case of one plan is held against which of another, as {@code compare} will match their results: the same case of
 * the same kernel first, then a question that each side answers once, so that two kernels meet.
 */
public final class CellPairs {
    /** A case on both sides. */
    public record Pair(Cell a, Cell b) {}

    /** The question of a cell, whoever answers it. */
    private record Asked(String problem, TimingDomain domain, CacheState cache, Cell.Inputs inputs) {
        static Asked of(Cell cell) {
            return new Asked(cell.problem().id(), cell.domain(), cell.cache(), cell.inputs());
        }
    }

    private final List<Pair> pairs = new ArrayList<>();
    private List<Cell> left;
    private List<Cell> right;

    private CellPairs(List<Cell> a, List<Cell> b) {
        this.left = a;
        this.right = b;
    }

    /** The pairs of two plans, in the order of the first. */
    public static List<Pair> of(BenchmarkPlan a, BenchmarkPlan b) {
        CellPairs matching = new CellPairs(a.cells(), b.cells());
        matching.meet(cell -> List.of(Asked.of(cell), cell.kernel(), cell.id()));
        matching.meet(cell -> List.of(Asked.of(cell), cell.kernel()));
        matching.meet(cell -> List.of(Asked.of(cell)));
        Map<String, Pair> byId = new LinkedHashMap<>();
        matching.pairs.forEach(pair -> byId.put(pair.a().id(), pair));
        return a.cells().stream()
                .map(cell -> byId.get(cell.id()))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** Pairs those that are the only ones of their name on both sides. */
    private void meet(Function<Cell, List<Object>> name) {
        Map<List<Object>, List<Cell>> here = grouped(left, name);
        Map<List<Object>, List<Cell>> there = grouped(right, name);
        Set<String> metHere = new HashSet<>();
        Set<String> metThere = new HashSet<>();
        here.forEach((key, cells) -> {
            List<Cell> others = there.getOrDefault(key, List.of());
            if (cells.size() == 1 && others.size() == 1) {
                pairs.add(new Pair(cells.get(0), others.get(0)));
                metHere.add(cells.get(0).id());
                metThere.add(others.get(0).id());
            }
        });
        left = left.stream().filter(cell -> !metHere.contains(cell.id())).toList();
        right = right.stream().filter(cell -> !metThere.contains(cell.id())).toList();
    }

    private static Map<List<Object>, List<Cell>> grouped(List<Cell> cells, Function<Cell, List<Object>> name) {
        Map<List<Object>, List<Cell>> groups = new LinkedHashMap<>();
        cells.forEach(cell -> groups.computeIfAbsent(name.apply(cell), key -> new ArrayList<>())
                .add(cell));
        return groups;
    }
}
