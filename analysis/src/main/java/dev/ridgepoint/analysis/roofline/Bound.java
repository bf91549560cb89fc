package dev.ridgepoint.analysis.roofline;

/** What limits a kernel on one box in one precision, as tables name it. */
public enum Bound {
    /** Intensity well above the ridge. */
    COMPUTE("compute"),
    /** Intensity within x1.25 of the ridge on either side: neither can be named honestly. */
    RIDGE("ridge"),
    /** Intensity well below the ridge. */
    BANDWIDTH("bandwidth"),
    /** Intensity well below the ridge, but the buffers fit the last cache and were used warm: memory is not involved. */
    CACHE("cache"),
    /** The roofline's time is under that of an empty call. */
    LAUNCH("launch");

    private final String id;

    Bound(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
