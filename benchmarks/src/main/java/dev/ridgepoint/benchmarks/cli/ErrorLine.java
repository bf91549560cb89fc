package dev.ridgepoint.benchmarks.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever went wrong into one line on standard error and an exit status. */
final class ErrorLine {
    private ErrorLine() {}

    static int ofParameters(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        print(command, error.getMessage().replaceFirst("^Error: ", "") + "; see '" + name + " --help'");
        return ExitCode.REFUSED.status();
    }

    static int ofExecution(Exception error, CommandLine command, ParseResult parsed) {
        Main main = (Main) command.getCommandSpec().root().userObject();
        print(command, line(error));
        if (main.debug()) {
            error.printStackTrace(command.getErr());
        }
        return exitCode(error).status();
    }

    private static ExitCode exitCode(Exception error) {
        if (error instanceof UserError user) {
            return user.exitCode();
        }
        return isOfInput(error) ? ExitCode.REFUSED : ExitCode.CHECK_FAILED;
    }

    /** Modules below throw these, with a message that names the field, for what a user typed or a file held. */
    private static boolean isOfInput(Exception error) {
        return error instanceof IllegalArgumentException
                || error instanceof IOException
                || error instanceof UncheckedIOException;
    }

    private static String line(Exception error) {
        if (error instanceof UserError) {
            return error.getMessage();
        }
        if (error instanceof IOException || error instanceof UncheckedIOException) {
            return IoErrors.explain(error);
        }
        if (error instanceof IllegalArgumentException && error.getMessage() != null) {
            return error.getMessage();
        }
        return "internal error: " + error + "; run again with --debug and report the trace";
    }

    private static void print(CommandLine command, String message) {
        command.getErr().println("ridgepoint: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
        command.getErr().flush();
    }
}
