package dev.ridgepoint.device.cpu.cost;

/**
 * One line of the table.
 *
 * @param what what was done
 * @param theirs what it is held against
 * @param measured both times and their ratio
 * @param goal what is asked for
 */
public record Figure(String what, String theirs, Ratio measured, Goal goal) {}
