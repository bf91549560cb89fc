package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.device.cuda.driver.DriverEvent;
import dev.ridgepoint.device.cuda.driver.DriverStream;

/**
 * Times launches on the device by pairs of events, made beforehand and used in turn. Reading waits, so it is done where
 * nothing is measured: {@link #drain}.
 */
public final class EventTimer implements AutoCloseable {
    private final DriverStream stream;
    private final DriverEvent[] begins;
    private final DriverEvent[] ends;
    private int used;
    private long dropped;

    EventTimer(DriverContext context, DriverStream stream, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: expected at least 1, got " + capacity);
        }
        this.stream = stream;
        this.begins = new DriverEvent[capacity];
        this.ends = new DriverEvent[capacity];
        for (int i = 0; i < capacity; i++) {
            begins[i] = context.createEvent();
            ends[i] = context.createEvent();
        }
    }

    /** Marks the beginning of a sample; once all pairs are in use samples are counted as dropped until they are read. */
    public void begin() {
        if (used < begins.length) {
            begins[used].record(stream);
        }
    }

    /** Marks the end of the sample begun last. */
    public void end() {
        if (used < ends.length) {
            ends[used++].record(stream);
        } else {
            dropped++;
        }
    }

    /** Whether no pair is left until the samples are read. */
    public boolean full() {
        return used == begins.length;
    }

    /** Waits for all samples and writes their milliseconds, in order; returns how many there are. */
    public int drain(float[] millis) {
        if (millis.length < used) {
            throw new IllegalArgumentException("millis: " + used + " samples, and room for " + millis.length);
        }
        int samples = used;
        if (samples > 0) {
            ends[samples - 1].synchronize();
        }
        for (int i = 0; i < samples; i++) {
            millis[i] = ends[i].millisSince(begins[i]);
        }
        used = 0;
        return samples;
    }

    /** Samples that found no free pair since the timer was made. */
    public long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        for (int i = 0; i < begins.length; i++) {
            CudaDevice.close(begins[i]);
            CudaDevice.close(ends[i]);
        }
    }
}
