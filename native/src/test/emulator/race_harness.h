// Small kernels under race detection, and what is reported of them.
#pragma once

#include <string>

#include "device.h"
#include "harness.h"
#include "hazard/races.h"

namespace testing {

struct RaceRun {
    unsigned blocks = 1, threads = 64;
    Completion completion = Completion::Eager;
    uint64_t seed = 0;
    Reading reading = Reading::ToTheLetter;
};

// The report on a kernel with this body, or "no fault". "line 3" in it is the third of the body.
//
// Thread i finds %r1 at word i of `buffer` (2 KiB of shared memory), %r2 at the next word, %r3 at an mbarrier, %r4 at a
// shared word of its own; %rd1 at in[i] and %rd2 at out[i] of the whole grid, %rd60 and %rd61 at their starts, all
// zeros. %p1 is true in thread 0 of a block, %p2 in its first warp, %p3 in block 0.
std::string race_report(const std::string& body, RaceRun run = {});

// That there is none, whatever the order and the completion of copies. A wrong kernel fails in one of them at least.
void check_no_race(const std::string& body, RaceRun run = {});

}  // namespace testing
