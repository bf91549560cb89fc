#include "decode/symbols.h"

#include <algorithm>

namespace ridgepoint::emulator {

const InstructionSymbols& FunctionSymbols::at(uint32_t pc) const {
    const auto behind = std::upper_bound(instructions.begin(), instructions.end(), pc,
                                         [](uint32_t at, const InstructionSymbols& each) { return at < each.end; });
    return *behind;
}

}  // namespace ridgepoint::emulator
