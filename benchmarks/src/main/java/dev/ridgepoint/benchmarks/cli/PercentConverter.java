package dev.ridgepoint.benchmarks.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 2%}, {@code 0.5%} or {@code 2} as a fraction of one. */
final class PercentConverter implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)%?");

    @Override
    public Double convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException("expected a percentage such as 2% or 0.5%, got '" + text + "'");
        }
        return Double.parseDouble(form.group(1)) / 100;
    }
}
