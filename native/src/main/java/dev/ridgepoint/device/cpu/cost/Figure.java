package dev.ridgepoint.device.cpu.cost;

/**
 * One line of the table.
 *
 * @param what what was done
 * @param theirs what it is held against
 * @param measured both times and their ratio
 * @param goal what is asked for, in words
 * @param met whether it was reached
 */
public record Figure(String what, String theirs, Ratio measured, String goal, boolean met) {}
