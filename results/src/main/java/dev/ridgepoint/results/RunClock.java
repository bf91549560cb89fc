package dev.ridgepoint.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Time a run has been at work: from its start on, and what lies between the last iteration before an interruption and the
 * moment it was taken up again left out. Everything is in microseconds.
 */
public final class RunClock {
    private static final double NS = 1e3;

    private final List<Session> sessions = new ArrayList<>();

    /** From one start to the end of the last iteration seen of it. */
    private static final class Session {
        private final long start;
        private long end;

        Session(String instant) {
            start = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
            end = start;
        }
    }

    /** The clock of a run that has shown no iteration yet. */
    public RunClock(RunDocument run) {
        sessions.add(new Session(run.started()));
        run.resumed().forEach(instant -> sessions.add(new Session(instant)));
    }

    /** Takes an iteration into account; all of them, in any order, before anybody asks. */
    public void see(IterationLine line) {
        Session session = sessions.get(indexOf(line.startEpochMicros()));
        session.end = Math.max(session.end, end(line));
    }

    /** When an iteration ended, since the epoch. */
    public static long end(IterationLine line) {
        return line.startEpochMicros() + Math.round(line.nsPerOp() * line.ops() / NS);
    }

    /** The run's time at a moment of one of its sessions. */
    public long at(long epochMicros) {
        int index = indexOf(epochMicros);
        long before = 0;
        for (Session session : sessions.subList(0, index)) {
            before += session.end - session.start;
        }
        return before + Math.max(0, epochMicros - sessions.get(index).start);
    }

    /** The run's time at the end of the last iteration seen. */
    public long total() {
        return sessions.stream()
                .mapToLong(session -> session.end - session.start)
                .sum();
    }

    /** How often it was taken up again. */
    public int interruptions() {
        return sessions.size() - 1;
    }

    private int indexOf(long epochMicros) {
        int index = sessions.size() - 1;
        while (index > 0 && sessions.get(index).start > epochMicros) {
            index--;
        }
        return index;
    }
}
