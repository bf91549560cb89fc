package dev.ridgepoint.device.conformance;

/**
 * The first place where we answer otherwise than hardware.
 *
 * @param id the vector's
 * @param program the instruction or kernel
 * @param bound what would have been accepted
 * @param where row and operands, or why there is no answer of ours
 * @param hardware its bits, or null where they were not kept
 * @param ours our bits, or null where hardware's were not kept
 * @param differing how much of the output differs beyond the bound
 */
public record Difference(
        String id, String program, String bound, String where, String hardware, String ours, String differing) {
    /** One line. */
    public String describe() {
        String bits = hardware == null ? "" : ": recorded 0x" + hardware + ", ours 0x" + ours;
        return id + ", " + where + bits + "; " + differing + "; accepted: " + bound + "; " + program;
    }
}
