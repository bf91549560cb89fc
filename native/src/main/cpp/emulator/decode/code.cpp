#include "decode/code.h"

namespace ridgepoint::emulator {

uint32_t Code::function_at(uint32_t pc) const {
    uint32_t found = 0;
    for (uint32_t i = 0; i < functions.size(); i++) {
        if (functions[i].defined && functions[i].start <= pc && functions[i].start >= functions[found].start) found = i;
    }
    return found;
}

std::string_view Code::source(uint32_t line) const {
    std::string_view rest = *text;
    for (uint32_t i = 1; i < line; i++) {
        const size_t end = rest.find('\n');
        if (end == std::string_view::npos) return {};
        rest.remove_prefix(end + 1);
    }
    rest = rest.substr(0, rest.find('\n'));
    const size_t first = rest.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return rest.substr(first, rest.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace ridgepoint::emulator
