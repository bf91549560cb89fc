package dev.ridgepoint.device.cuda.cost;

/** One way to launch the same thing; returns the nanoseconds so many launches took. */
interface Way {
    long time(int launches);
}
