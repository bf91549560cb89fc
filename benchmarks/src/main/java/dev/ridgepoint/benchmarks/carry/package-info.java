/** Ridgepoint in one archive for machines that have no JDK, no Maven and no network. */
package dev.ridgepoint.benchmarks.carry;
