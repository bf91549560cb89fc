package dev.ridgepoint.analysis.classify;

/** Numbers for sentences, three significant digits, always with a point; a formatter would cost more than a verdict. */
final class Figures {
    private static final long[] POWERS = {1, 10, 100, 1000};

    private Figures() {}

    /** {@code 1.29}, {@code 105}, {@code 0.0312}, {@code 57300}, {@code 1.2e-07}. */
    static String three(double x) {
        if (x == 0 || !Double.isFinite(x)) {
            return x == 0 ? "0" : Double.toString(x);
        }
        int magnitude = (int) Math.floor(Math.log10(Math.abs(x)));
        if (magnitude < -4 || magnitude > 14) {
            return Float.toString((float) x);
        }
        if (magnitude >= 3) {
            double unit = Math.pow(10, magnitude - 2);
            return Long.toString((long) (Math.rint(x / unit) * unit));
        }
        return decimals(x, 2 - Math.max(magnitude, -4));
    }

    /** Exactly that many decimals, half to even. */
    static String decimals(double x, int decimals) {
        if (decimals <= 0) {
            return Long.toString(Math.round(x));
        }
        long power = decimals < POWERS.length ? POWERS[decimals] : (long) Math.pow(10, decimals);
        long scaled = (long) Math.rint(Math.abs(x) * power);
        String fraction = Long.toString(scaled % power);
        StringBuilder text = new StringBuilder(16).append(x < 0 && scaled != 0 ? "-" : "");
        text.append(scaled / power).append('.');
        for (int i = fraction.length(); i < decimals; i++) {
            text.append('0');
        }
        return text.append(fraction).toString();
    }
}
