package dev.ridgepoint.device.library;

/** Settings of JavaCPP that must stand before its first class is loaded. */
public final class JavaCppSettings {
    private JavaCppSettings() {}

    /** We close what we open, so neither its collector thread nor its limit on the process's memory is wanted. */
    public static void apply() {
        setUnlessGiven("org.bytedeco.javacpp.nopointergc", "true");
        setUnlessGiven("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
