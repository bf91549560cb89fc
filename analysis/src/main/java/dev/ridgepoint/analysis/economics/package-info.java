/**
 * What a measured time is worth in money and energy. Every figure carries the formula it comes from; prices have a date and
 * a source, energy comes from the device's own counter, and what rests on a TDP or a peak is refused.
 * {@link dev.ridgepoint.analysis.economics.Economics} is the way in.
 */
package dev.ridgepoint.analysis.economics;
