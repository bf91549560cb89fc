/** The emulated driver held against hardware, from the command line. */
package dev.ridgepoint.benchmarks.conformance;
