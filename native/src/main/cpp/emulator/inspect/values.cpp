#include "inspect/values.h"

#include <cstdio>

#include "exec/lanes.h"
#include "fp/format.h"

namespace ridgepoint::emulator {
namespace {

constexpr uint64_t LARGE = 1ull << 32;

template <class... Arguments>
std::string format(const char* form, Arguments... arguments) {
    char text[64];
    std::snprintf(text, sizeof text, form, arguments...);
    return text;
}

// The type of the parts of a packed one; the type itself otherwise.
Type part_of(Type type) {
    switch (type) {
        case Type::F16X2: return Type::F16;
        case Type::BF16X2: return Type::BF16;
        case Type::U16X2: return Type::U16;
        case Type::S16X2: return Type::S16;
        case Type::E4M3X2: return Type::E4M3;
        case Type::E5M2X2: return Type::E5M2;
        default: return type;
    }
}

uint64_t lane_bits(const Warp& warp, const RegisterSymbol& symbol, unsigned lane) {
    if (symbol.type == Type::Pred) return warp.predicate(symbol.slot) >> lane & 1;
    switch (register_bits(symbol.type)) {
        case 16: return warp.read<uint16_t>(symbol.slot)[lane];
        case 32: return warp.read<uint32_t>(symbol.slot)[lane];
        default: return warp.read<uint64_t>(symbol.slot)[lane];
    }
}

}  // namespace

std::string value_text(Type type, uint64_t value) {
    const Type part = part_of(type);
    if (part != type) {
        const unsigned width = bits(part);
        return "(" + value_text(part, value & ((1ull << width) - 1)) + "," + value_text(part, value >> width) + ")";
    }
    if (is_float(type)) return format(bits(type) == 64 ? "%.17g" : bits(type) == 32 ? "%.9g" : "%.5g", decode(format_of(type), value));
    if (is_signed(type)) {
        const unsigned unused = 64 - bits(type);
        return format("%lld", (long long)((int64_t)(value << unused) >> unused));
    }
    const bool number = type == Type::Pred || name(type)[0] == 'u';
    return number && value < LARGE ? std::to_string(value) : format("0x%llx", (unsigned long long)value);
}

std::string register_text(const Warp& warp, const RegisterSymbol& symbol, LaneMask lanes, LaneMask active) {
    std::string list, first;
    bool uniform = (lanes & ~active) == 0;
    for_active(lanes, [&](unsigned lane) {
        const bool is_active = (active >> lane & 1) != 0;
        const std::string value = is_active ? value_text(symbol.type, lane_bits(warp, symbol, lane)) : "-";
        if (first.empty()) first = value;
        uniform &= value == first;
        list += " " + value;
    });
    return symbol.name + " =" + (uniform ? " " + first : list);
}

}  // namespace ridgepoint::emulator
