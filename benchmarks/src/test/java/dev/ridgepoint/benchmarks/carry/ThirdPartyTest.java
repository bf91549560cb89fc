package dev.ridgepoint.benchmarks.carry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** THIRD-PARTY.md against the libraries that the build ships, and the licences beside it against those within them. */
class ThirdPartyTest {
    private static final String FOLDER = "META-INF/legal/";
    /** {@code group:artifact:jar[:classifier]:version:scope}, as the dependency plugin lists them. */
    private static final Pattern LISTED =
            Pattern.compile("([\\w.-]+:[\\w.-]+):jar(:[\\w.-]+)?:([\\w.-]+):(?:compile|runtime)\\b.*");

    private static final Pattern LINK = Pattern.compile("]\\(((?:LICENSE|licences)[^)]*)\\)");
    /** What a library may call its licence. */
    private static final Pattern TEXT = Pattern.compile("(META-INF/)?([\\w-]*(LICENSE|NOTICE|THIRD-PARTY)(\\.txt)?)");

    private static String read(String name) throws IOException {
        try (InputStream in = ThirdPartyTest.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            assertNotNull(in, name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Rows of the tables, as cells. */
    private static List<List<String>> rows() throws IOException {
        return read("THIRD-PARTY.md")
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .map(cells -> cells.subList(1, cells.size()))
                .toList();
    }

    /** Versions of the libraries in the table, by coordinates. */
    private static TreeMap<String, String> told() throws IOException {
        TreeMap<String, String> told = new TreeMap<>();
        rows().stream()
                .filter(cells -> cells.get(0).contains(":"))
                .forEach(cells -> told.put(cells.get(0), cells.get(1)));
        return told;
    }

    @Test
    void everyLibraryOfTheJarIsThereWithItsVersion() throws IOException {
        TreeMap<String, String> shipped = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("target", "libraries.txt"))) {
            Matcher library = LISTED.matcher(line.strip());
            if (library.matches()) {
                String classifier = library.group(2) == null ? "" : library.group(2);
                shipped.put(library.group(1) + classifier, library.group(3));
            }
        }
        assertEquals(told(), shipped);
    }

    @Test
    void theChartLibraryIsThereWithItsVersion() throws IOException {
        Matcher version = Pattern.compile("<echarts.version>(.*)</echarts.version>")
                .matcher(Files.readString(Path.of("..", "pom.xml")));
        assertTrue(version.find());
        assertTrue(rows().stream()
                .anyMatch(cells -> cells.get(0).equals("echarts.common.min.js")
                        && cells.get(1).startsWith("Apache ECharts " + version.group(1) + ",")));
        String page = "/dev/ridgepoint/analysis/report/echarts/";
        for (String name : List.of("LICENSE", "NOTICE")) {
            try (InputStream in = ThirdPartyTest.class.getResourceAsStream(page + name)) {
                assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), read("licences/echarts/" + name));
            }
        }
    }

    @Test
    void everySharedLibraryIsThere() throws IOException {
        TreeSet<String> carried = new TreeSet<>();
        for (Path jar : libraries()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream()
                        .map(entry -> entry.getName().substring(entry.getName().lastIndexOf('/') + 1))
                        // Other bindings of JCuda, which the build leaves out.
                        .filter(name -> !name.matches("lib(JCudaRuntime|JNvrtc|JNvPTXCompiler|JCublas)-.*"))
                        .filter(name -> name.matches(".*\\.so(\\.\\d+)*"))
                        .forEach(carried::add);
            }
        }
        TreeSet<String> told = new TreeSet<>();
        rows().stream()
                .map(cells -> cells.get(0))
                .filter(name -> name.contains(".so"))
                .forEach(told::add);
        assertEquals(carried, told);
    }

    /** Each row links to texts, which are there, and every text has a row. */
    @Test
    void textsAreThere() throws IOException {
        TreeSet<String> linked = new TreeSet<>();
        for (List<String> cells : rows()) {
            if (cells.get(0).contains(".") || cells.get(0).contains(":")) {
                List<String> links = links(cells.get(4));
                assertTrue(!links.isEmpty(), cells.get(0));
                linked.addAll(links);
            }
        }
        for (String link : linked) {
            assertTrue(read(link).length() > 100, link);
        }
        TreeSet<String> kept = new TreeSet<>(List.of("LICENSE"));
        Path root = Path.of("..").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.walk(root.resolve("licences"))) {
            files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .forEach(kept::add);
        }
        assertEquals(kept, linked);
    }

    private static List<String> links(String text) {
        List<String> links = new ArrayList<>();
        for (Matcher link = LINK.matcher(text); link.find(); ) {
            links.add(link.group(1));
        }
        return links;
    }

    /** A new notice of a library, or a changed one, fails here. */
    @Test
    void textsAreThoseOfTheLibraries() throws IOException {
        int compared = 0;
        for (Path jar : libraries()) {
            String artifact = jar.getParent().getParent().getFileName().toString();
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    Matcher name = TEXT.matcher(entry.getName());
                    if (name.matches()) {
                        String text = new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                        String ours = "licences/" + artifact + "/" + name.group(2);
                        assertTrue(
                                text.equals(read("LICENSE")) || text.equals(read(ours)), jar + " " + entry.getName());
                        compared++;
                    }
                }
            }
        }
        assertTrue(compared >= 10, "compared " + compared);
    }

    /** The jars of the table on the path of classes. */
    private static List<Path> libraries() throws IOException {
        TreeSet<String> files = new TreeSet<>();
        told().forEach((coordinates, version) -> {
            String[] parts = coordinates.split(":");
            files.add(parts[1] + "-" + version + (parts.length > 2 ? "-" + parts[2] : "") + ".jar");
        });
        List<Path> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> files.contains(jar.getFileName().toString()))
                .toList();
        assertEquals(files.size(), jars.size(), jars.toString());
        return jars;
    }
}
