#include "inspect/watch.h"

namespace ridgepoint::emulator {

std::string text(Dim3 at) {
    return "(" + std::to_string(at.x) + ", " + std::to_string(at.y) + ", " + std::to_string(at.z) + ")";
}

std::string text(const Watched& watched) {
    return "block " + text(watched.block) + ", warp " + std::to_string(watched.warp);
}

bool is_block(const Watched& watched, const Cta& cta) {
    const Dim3 at = cta.position();
    return at.x == watched.block.x && at.y == watched.block.y && at.z == watched.block.z;
}

const FunctionSymbols& symbols_of(const Warp& warp) {
    const Code& code = warp.cta().launch().code;
    return code.symbols[code.function_at(warp.pc())];
}

const InstructionSymbols& instruction_of(const Warp& warp) { return symbols_of(warp).at(warp.pc()); }

bool Arrivals::now(const Warp& warp) {
    if (!is_warp(watched_, warp) || warp.line() != awaited_.line) return false;
    if (instruction_of(warp).start != warp.pc()) return false;
    return ++seen_ == awaited_.hit;
}

std::string Arrivals::missed(const LaunchState& launch) const {
    if (seen_ >= awaited_.hit) return {};
    return launch.kernel.name + ": " + text(watched_) + " came to line " + std::to_string(awaited_.line) + " " +
           std::to_string(seen_) + " times, not " + std::to_string(awaited_.hit) + "\n";
}

}  // namespace ridgepoint::emulator
