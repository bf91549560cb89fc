package dev.ridgepoint.benchmarks.jmh;

/** Times calls that have finished when they return. One operation is one launch, on the next set of buffers each time. */
public abstract class CpuCallState extends TimedState {}
