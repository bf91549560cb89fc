#include "race_harness.h"

#include <algorithm>


namespace testing {
namespace {

const char* const SHARED = ".shared .align 16 .b8 buffer[2048];\n.shared .align 8 .b64 barrier;\n.shared .align 4 .b32 word;\n";
const char* const BEFORE =
    "shl.b32 %r50, %r60, 2;\nmov.u32 %r1, buffer;\nadd.u32 %r1, %r1, %r50;\nadd.u32 %r2, %r1, 4;\nmov.u32 %r3, barrier;\nmov.u32 %r4, word;\n"
    "mad.wide.u32 %rd1, %r63, 4, %rd60;\nmad.wide.u32 %rd2, %r63, 4, %rd61;\n"
    "setp.eq.u32 %p1, %r60, 0;\nsetp.lt.u32 %p2, %r60, 32;\nsetp.eq.u32 %p3, %r61, 0;\n";

}  // namespace

std::string race_report(const std::string& body, RaceRun run) {
    const std::string whole = kernel_around(BEFORE + body, SHARED);
    Device device;
    device.execution.completion = run.completion;
    device.execution.seed = run.seed;
    device.execution.stall_limit = 1 << 22;
    const RaceDetection races = race_detection(run.reading);
    device.observer = races.observer;
    if (races.stepper) device.steppers = {races.stepper};
    device.load(whole);
    const uint64_t in = device.upload(std::vector<uint32_t>(4096)), out = device.upload(std::vector<uint32_t>(4096));
    const auto fault = device.launch("k", {run.blocks, 1, 1}, {run.threads, 1, 1}, in, out).fault;
    if (!fault) return "no fault";
    const long before = std::count(whole.begin(), whole.begin() + (long)whole.find(body), '\n');
    std::string text = fault->what + "\n" + fault->details;
    const std::string mark = "line ";
    for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
        size_t digits = 0;
        const long line = std::stol(text.substr(at + mark.size()), &digits);
        text.replace(at + mark.size(), digits, std::to_string(line - before));
    }
    return text;
}

void check_no_race(const std::string& body, RaceRun run) {
    for (const Completion completion : completions_for(body)) {
        for (uint64_t seed = 0; seed < 4; seed++) {
            run.completion = completion;
            run.seed = seed;
            const std::string said = race_report(body, run);
            if (said != "no fault") harness::report("race", (int)seed, said + "in\n" + body);
        }
    }
}

}  // namespace testing
