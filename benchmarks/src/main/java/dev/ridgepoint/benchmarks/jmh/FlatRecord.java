package dev.ridgepoint.benchmarks.jmh;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * A record of texts, numbers and further records as a properties file. A fork writes one when it ends; a JSON library
 * would take longer to load than many a case to time, and has no word for NaN.
 */
final class FlatRecord {
    private FlatRecord() {}

    /** Writes a record; the file appears whole or not at all. */
    static void write(Record value, Path file) throws IOException {
        Properties properties = new Properties();
        put(value, "", properties);
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        try (Writer out = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
            properties.store(out, null);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Reads what {@link #write} wrote. */
    static <T extends Record> T read(Class<T> type, Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
            return type.cast(get(type, "", properties));
        } catch (IllegalArgumentException malformed) {
            throw new IOException(file + ": " + malformed.getMessage(), malformed);
        }
    }

    private static void put(Record value, String prefix, Properties properties) {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object member = invoke(component, value);
            String key = prefix + component.getName();
            if (member instanceof Record inner) {
                put(inner, key + ".", properties);
            } else if (member != null) {
                properties.setProperty(key, member.toString());
            }
        }
    }

    private static Object get(Class<?> type, String prefix, Properties properties) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] members = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            members[i] = member(types[i], prefix + components[i].getName(), properties);
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(members);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("not a record that can be rebuilt: " + type, e);
        }
    }

    private static Object member(Class<?> type, String key, Properties properties) {
        if (type.isRecord()) {
            boolean present = properties.stringPropertyNames().stream().anyMatch(name -> name.startsWith(key + "."));
            return present ? get(type, key + ".", properties) : null;
        }
        String text = properties.getProperty(key);
        if (text == null && type.isPrimitive()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        if (text == null || type == String.class) {
            return text;
        }
        if (type == double.class || type == Double.class) {
            return Double.valueOf(text);
        }
        if (type == long.class) {
            return Long.valueOf(text);
        }
        if (type == int.class) {
            return Integer.valueOf(text);
        }
        if (type == boolean.class) {
            return Boolean.valueOf(text);
        }
        throw new IllegalStateException("no text stands for a " + type);
    }

    private static Object invoke(RecordComponent component, Record value) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("not a record that can be read: " + value.getClass(), e);
        }
    }
}
