package dev.ridgepoint.benchmarks.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run will do: cells in a fixed order, and skips with their reasons.
 *
 * @param settings what all cases share
 * @param protocol how times are taken
 */
public record BenchmarkPlan(RunSettings settings, Protocol protocol, List<Cell> cells, List<Skip> skips) {
    public BenchmarkPlan {
        cells = List.copyOf(cells);
        skips = List.copyOf(skips);
    }

    /** Forks of all cells together. */
    public int forks() {
        return cells.size() * protocol.forks();
    }

    /** Ids of all cases, those that are skipped last. */
    public List<String> caseIds() {
        return Stream.concat(cells.stream().map(Cell::id), skips.stream().map(Skip::id))
                .toList();
    }

    /**
     * The cells of a round in the order they run. Round r runs fork r of every case, each round in another order, so
     * that a slow hour of the machine is spread over all cases instead of falling on one.
     */
    public List<Cell> round(int round) {
        List<Cell> order = new ArrayList<>(cells);
        Collections.shuffle(order, new Random(settings.inputs().seed() * 1_000_003 + round));
        return order;
    }

    /** The same plan with these cells alone; of the others it is put on record that and why they were left out. */
    public BenchmarkPlan only(Set<String> ids, String why) {
        Map<Boolean, List<Cell>> wanted =
                cells.stream().collect(Collectors.partitioningBy(cell -> ids.contains(cell.id())));
        List<Skip> left = new ArrayList<>(skips);
        wanted.get(false).forEach(cell -> left.add(new Skip(cell.id(), cell.problem(), cell.provenance(), why)));
        return new BenchmarkPlan(settings, protocol, wanted.get(true), left);
    }

    /** One part of this plan. */
    public BenchmarkPlan shard(Shard shard) {
        return new BenchmarkPlan(settings, protocol, shard.of(cells), shard.of(skips));
    }
}
