package dev.ridgepoint.benchmarks.jmh;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Ends a fork that takes too long; it touches only processes this JVM has started since the watch began. */
final class Watchdog implements AutoCloseable {
    private final Set<Long> older =
            ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "case-timeout");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean barked;

    Watchdog(Duration limit) {
        timer.schedule(this::bark, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the limit was passed. */
    boolean barked() {
        return barked;
    }

    private void bark() {
        barked = true;
        ProcessHandle.current()
                .children()
                .filter(child -> !older.contains(child.pid()))
                .forEach(child -> {
                    child.descendants().forEach(ProcessHandle::destroyForcibly);
                    child.destroyForcibly();
                });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
