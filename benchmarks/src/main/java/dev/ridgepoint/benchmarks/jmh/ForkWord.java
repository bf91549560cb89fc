package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.benchmarks.gate.IncorrectException;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.UnsupportedKernelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** Puts down in writing how a fork ends, before whatever ended it is thrown on and stops JMH. */
final class ForkWord {
    private final ForkFiles files;

    ForkWord(ForkFiles files) {
        this.files = files;
    }

    /** Does a part of the fork's work; what it throws becomes this fork's word. */
    <T> T during(Supplier<T> work) {
        try {
            return work.get();
        } catch (UnsupportedKernelException refusal) {
            write(ForkVerdict.without(ForkVerdict.SKIPPED, refusal.getMessage()));
            throw refusal;
        } catch (IncorrectException no) {
            write(new ForkVerdict(
                    ForkVerdict.INCORRECT,
                    no.getMessage(),
                    null,
                    null,
                    0,
                    0,
                    no.correctness(),
                    ForkVerdict.UNKNOWN,
                    null));
            throw no;
        } catch (DeviceException failure) {
            // Its message is a line for the user; a dead context is said so in it.
            write(ForkVerdict.without(ForkVerdict.FAILED, failure.getMessage()));
            throw failure;
        } catch (RuntimeException | Error failure) {
            write(ForkVerdict.without(ForkVerdict.FAILED, String.valueOf(failure)));
            throw failure;
        }
    }

    /** The same for work without an answer. */
    void during(Runnable work) {
        during(() -> {
            work.run();
            return null;
        });
    }

    void write(ForkVerdict verdict) {
        try {
            verdict.write(files.word());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
