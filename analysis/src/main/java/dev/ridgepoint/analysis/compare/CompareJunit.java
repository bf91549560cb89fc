package dev.ridgepoint.analysis.compare;

import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A comparison as JUnit XML: a test a case, and one for the gate. */
public final class CompareJunit {
    private static final String SUITE = "ridgepoint.compare";

    private CompareJunit() {}

    /** One XML document. */
    public static String render(Comparison comparison) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", SUITE);
            List<String> ends = comparison.cases().stream()
                    .map(one -> element(one.verdict()))
                    .toList();
            boolean passed = comparison.gate().passed();
            xml.writeAttribute("tests", Integer.toString(ends.size() + 1));
            xml.writeAttribute("failures", Long.toString(count(ends, "failure") + (passed ? 0 : 1)));
            xml.writeAttribute("errors", Long.toString(count(ends, "error")));
            xml.writeAttribute("skipped", Long.toString(count(ends, "skipped")));
            test(xml, "gate", passed ? "" : "failure", "GATE", CompareWords.gate(comparison));
            for (CaseVerdict one : comparison.cases()) {
                test(xml, one.name(), element(one.verdict()), one.verdict().name(), Sentences.of(one));
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a text takes what is written to it", impossible);
        }
        return out.toString();
    }

    private static long count(List<String> ends, String element) {
        return ends.stream().filter(element::equals).count();
    }

    /** How a test ends: what the data cannot tell is skipped, what may not be judged is an error. */
    private static String element(Verdict verdict) {
        return switch (verdict) {
            case SLOWER -> "failure";
            case INVALID, REFUSED -> "error";
            case INCONCLUSIVE, CLOCK -> "skipped";
            case FASTER, EQUIVALENT, IDENTICAL -> "";
        };
    }

    private static void test(XMLStreamWriter xml, String name, String end, String type, String sentence)
            throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", SUITE);
        xml.writeAttribute("name", plain(name));
        if (!end.isEmpty()) {
            xml.writeEmptyElement(end);
            if (!end.equals("skipped")) {
                xml.writeAttribute("type", type);
            }
            xml.writeAttribute("message", plain(type + ": " + sentence));
        }
        xml.writeEndElement();
    }

    /** XML 1.0 has no place for most control characters, nor for halves of pairs. */
    private static String plain(String text) {
        return text.codePoints()
                .map(c -> c < ' ' || c >= 0x7f && c < 0xa0 || c >= 0xd800 && c < 0xe000 || (c & 0xfffe) == 0xfffe
                        ? '?'
                        : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
