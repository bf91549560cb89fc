package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.results.Subject;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The declared things a change of time can be laid to, by where they stand in a context. */
final class Axis {
    static final String BUILD = "build";
    static final String DEVICE = "device";

    private static final String BACKEND = "/software/backend/";

    private Axis() {}

    /** The axis a member of a context belongs to; null of what follows from others. */
    static String of(String pointer) {
        if (pointer.startsWith("/build/") || pointer.startsWith(BACKEND + "native library")) {
            return BUILD;
        }
        if (pointer.equals("/device/properties/backend")) {
            return "binding";
        }
        if (pointer.equals("/device/properties/driver")) {
            return "driver";
        }
        if (pointer.startsWith("/device/properties/")) {
            return "device setting " + pointer.substring("/device/properties/".length());
        }
        if (pointer.startsWith("/device")) {
            return DEVICE;
        }
        if (pointer.startsWith(BACKEND)) {
            return pointer.substring(BACKEND.length());
        }
        if (pointer.startsWith("/host/")) {
            return "host";
        }
        return switch (pointer) {
            case "/schema", "/jmhVersion" -> pointer.substring(1);
            case "/software/jdk", "/software/vm", "/jdkVersion", "/vmName", "/vmVersion" -> "JDK";
            case "/software/os", "/software/kernel", "/software/libc" -> "operating system";
            default -> pointer.startsWith("/software/jvmFlags") || pointer.startsWith("/jvmArgs") ? "JVM flags" : null;
        };
    }

    /** What two subjects differ in; null subjects in nothing that is known. */
    static Set<String> of(Subject base, Subject candidate) {
        Set<String> axes = new TreeSet<>();
        if (base != null && candidate != null) {
            add(axes, "kernel", base.kernel(), candidate.kernel());
            add(axes, "binding", base.backend(), candidate.backend());
            add(axes, "driver", base.driver(), candidate.driver());
            add(axes, "architecture", base.arch(), candidate.arch());
            add(axes, BUILD, base.buildDigest(), candidate.buildDigest());
        }
        return axes;
    }

    private static void add(Set<String> axes, String axis, String base, String candidate) {
        if (!Objects.equals(base, candidate)) {
            axes.add(axis);
        }
    }
}
