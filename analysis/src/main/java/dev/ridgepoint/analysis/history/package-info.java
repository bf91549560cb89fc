/**
 * When did a case get slower? {@link dev.ridgepoint.analysis.history.History} lines up many runs by their start, never
 * mixes those that cannot be compared, and says at which run a case changed its level, by how much, and what else
 * changed there.
 */
package dev.ridgepoint.analysis.history;
