#include "decode/opcode.h"

#include <cstdio>
#include <cstdlib>
#include <map>

namespace ridgepoint::emulator {
namespace {

std::map<std::string, Decode, std::less<>>& table() {
    static std::map<std::string, Decode, std::less<>> opcodes;
    return opcodes;
}

}  // namespace

Opcode::Opcode(std::string_view root, Decode decode) {
    if (table().emplace(root, decode).second) return;
    std::fprintf(stderr, "opcode %.*s is registered twice\n", (int)root.size(), root.data());
    std::abort();
}

Decode Opcode::find(std::string_view spelling, std::string_view& prefix) {
    for (size_t end = spelling.size();; end = spelling.rfind('.', end - 1)) {
        if (end == std::string_view::npos) return nullptr;
        prefix = spelling.substr(0, end);
        const auto found = table().find(prefix);
        if (found != table().end()) return found->second;
        if (end == 0) return nullptr;
    }
}

}  // namespace ridgepoint::emulator
