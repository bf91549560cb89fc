package dev.ridgepoint.analysis.report;

import java.util.List;

/** HTML in pieces. Names come from files, so whatever is not markup of ours goes through {@link #text}. */
public final class Html {
    private Html() {}

    /** Text as HTML shows it; control characters and direction marks become visible. */
    public static String text(String raw) {
        StringBuilder out = new StringBuilder(raw.length() + 16);
        String safe = Names.oneLine(raw);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** {@code <name class="...">text</name>}. */
    public static String element(String name, String cssClass, String raw) {
        return "<" + name + " class=\"" + text(cssClass) + "\">" + text(raw) + "</" + name + ">";
    }

    /** A list of sentences, or one sentence where there are none. */
    public static String list(List<String> sentences, String none) {
        if (sentences.isEmpty()) {
            return "<p>" + text(none) + "</p>\n";
        }
        StringBuilder out = new StringBuilder("<ul class=\"plain\">\n");
        sentences.forEach(sentence -> out.append("<li>").append(text(sentence)).append("</li>\n"));
        return out.append("</ul>\n").toString();
    }

    /** A table of names and values; values without anything to say are left out. */
    public static String facts(String caption, List<Fact> facts) {
        StringBuilder out =
                new StringBuilder("<table class=\"facts\"><caption>" + text(caption) + "</caption><tbody>\n");
        for (Fact fact : facts) {
            if (fact.value() != null && !fact.value().isBlank()) {
                out.append("<tr><th scope=\"row\">")
                        .append(text(fact.name()))
                        .append("</th><td>")
                        .append(text(fact.value()))
                        .append("</td></tr>\n");
            }
        }
        return out.append("</tbody></table>\n").toString();
    }

    /** A name with its value, null where unknown. */
    public record Fact(String name, String value) {}
}
