package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.compare.CompareOptions;
import dev.ridgepoint.analysis.compare.Reason;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of the reasons that may be allowed; of the others none could be. */
final class AllowedReason implements ITypeConverter<Reason> {
    @Override
    public Reason convert(String text) {
        return CompareOptions.ALLOWABLE.stream()
                .filter(reason -> reason.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected one of "
                        + CompareOptions.ALLOWABLE.stream()
                                .sorted()
                                .map(Reason::name)
                                .collect(Collectors.joining(", "))
                        + ", got '" + text + "'"));
    }
}
