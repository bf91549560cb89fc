package dev.ridgepoint.benchmarks.cli;

/** nvbench's JSON, as far as it is read here. */
final class Nvbench {
    private Nvbench() {}

    /** A state that took so many seconds. */
    static String state(double seconds) {
        return """
                {"name": "Elements=2^20", "min_samples": 10, "timeout": 15.0, "device": 0, "type_config_index": 0,
                 "axis_values": [{"name": "Elements", "type": "int64", "value": "1048576"}],
                 "summaries": [{"tag": "nv/cold/sample_size", "name": "Samples",
                   "data": [{"name": "value", "type": "int64", "value": "499"}]},
                  {"tag": "nv/cold/time/gpu/mean", "name": "GPU Time", "hint": "duration",
                   "data": [{"name": "value", "type": "float64", "value": "SECONDS"}]}],
                 "is_skipped": false}""".replace("SECONDS", Double.toString(seconds));
    }

    /** A whole file of one such state. */
    static String file(double seconds) {
        return """
                {"meta": {"argv": ["bench"], "version": {"json": {"major": 1, "minor": 0, "patch": 0},
                  "nvbench": {"git_version": "0.1"}}},
                 "devices": [{"id": 0, "name": "H100", "sm_version": 900, "ecc_state": true}],
                 "benchmarks": [{"name": "copy", "index": 0, "devices": [0], "axes": null, "states": [""" + state(seconds) + "]}]}";
    }
}
