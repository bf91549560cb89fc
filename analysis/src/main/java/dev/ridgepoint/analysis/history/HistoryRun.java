package dev.ridgepoint.analysis.history;

import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.util.List;

/**
 * One run among many.
 *
 * @param number its place by start, from 1
 * @param path where its bundle lies
 * @param started UTC
 * @param circumstances number of the set-up it ran under, from 1: runs are compared within one only
 * @param changed what differs in the context from the run before it under the same circumstances; of the first run under
 *     them, from the run before it in time; empty of the very first
 */
public record HistoryRun(
        int number, String path, String runId, String started, int circumstances, List<Difference> changed) {}
