#include "decode/opcode.h"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <vector>

namespace ridgepoint::emulator {
namespace {

struct Entry {
    Decode decode;
    bool (*accepts)(Type);
};

std::map<std::string, std::vector<Entry>, std::less<>>& table() {
    static std::map<std::string, std::vector<Entry>, std::less<>> opcodes;
    return opcodes;
}

std::optional<Type> last_type(std::string_view spelling) {
    while (true) {
        const size_t dot = spelling.rfind('.');
        if (dot == std::string_view::npos) return std::nullopt;
        if (const auto type = type_named(spelling.substr(dot + 1))) return type;
        spelling = spelling.substr(0, dot);
    }
}

Decode choose(const std::vector<Entry>& entries, std::string_view spelling) {
    const std::optional<Type> type = last_type(spelling);
    Decode found = nullptr;
    for (const Entry& entry : entries) {
        if (entry.accepts != nullptr && !(type && entry.accepts(*type))) continue;
        if (found != nullptr) {
            std::fprintf(stderr, "opcode %.*s is registered twice\n", (int)spelling.size(), spelling.data());
            std::abort();
        }
        found = entry.decode;
    }
    return found;
}

}  // namespace

Opcode::Opcode(std::string_view root, Decode decode, bool (*accepts)(Type)) {
    table()[std::string(root)].push_back({decode, accepts});
}

Decode Opcode::find(std::string_view spelling, std::string_view& prefix) {
    for (size_t end = spelling.size(); end != std::string_view::npos && end > 0; end = spelling.rfind('.', end - 1)) {
        prefix = spelling.substr(0, end);
        const auto entries = table().find(prefix);
        if (entries == table().end()) continue;
        if (const Decode decode = choose(entries->second, spelling)) return decode;
    }
    return nullptr;
}

}  // namespace ridgepoint::emulator
