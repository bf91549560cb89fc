package dev.ridgepoint.benchmarks.cli;

/** A command that begins by reading a bundle, so that the reading is made ready while its words are parsed. */
interface ReadsBundles {}
