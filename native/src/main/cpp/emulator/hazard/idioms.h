// What published CUDA code does though the memory model does not order it, and no GPU turns into a wrong result.
#pragma once

#include <string_view>
#include <unordered_map>

#include "exec/launch_state.h"
#include "hazard/accessor.h"
#include "hazard/cell_check.h"

namespace ridgepoint::emulator {

class Idioms {
  public:
    // Whether a conflict of `access` by `me` is one of these:
    //  - the store writes what is there already: several warps that fill one table with the same values;
    //  - several threads initialise one mbarrier by one instruction;
    //  - a plain load only guesses what a compare-and-swap will find: the first round of a CAS loop;
    //  - lanes of one warp, and the load came first: the warp would have had to part between the two.
    bool excuse(const Warp& warp, const Access& access, const Accessor& me, const Conflict& conflict);

  private:
    bool guesses(const Code& code, uint32_t load);

    std::unordered_map<uint32_t, bool> guesses_;  // by the load's pc
};

// Whether a line's load is what a compare-and-swap of these lines is told to expect, copied between registers perhaps.
bool is_expected(std::string_view load, const std::vector<std::string_view>& lines);

}  // namespace ridgepoint::emulator
