/** What became of a machine's speed while it ran one set of cases over and over: drift, throttling, heat. */
package dev.ridgepoint.analysis.soak;
