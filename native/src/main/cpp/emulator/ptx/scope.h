// Names visible at one place of a PTX text: registers, variables, parameters. Braces open a scope of their own.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ptx/ast.h"

namespace ridgepoint::emulator::ptx {

class Scope {
  public:
    // False if the name is taken in this scope.
    bool declare(std::string_view name, SymbolRef symbol) { return symbols_.emplace(name, symbol).second; }
    bool declare_register(std::string_view name, uint32_t index) { return registers_.emplace(name, index).second; }
    // %r<count>: %r0 and so on have consecutive indices from `first`.
    bool declare_registers(std::string_view prefix, uint32_t first, uint32_t count) {
        return ranges_.emplace(prefix, Range{first, count}).second;
    }
    bool declare_label(std::string_view name, uint32_t index) { return labels_.emplace(name, index).second; }

    std::optional<SymbolRef> symbol(std::string_view name) const { return find(symbols_, name); }
    std::optional<uint32_t> label(std::string_view name) const { return find(labels_, name); }
    std::optional<uint32_t> reg(std::string_view name) const {
        if (const auto exact = find(registers_, name)) return exact;
        size_t digits = name.size();
        uint64_t number = 0, scale = 1;
        // Every split of trailing digits may be the declared prefix: %r1<3> declares %r10.
        while (digits > 1 && name[digits - 1] >= '0' && name[digits - 1] <= '9' && scale < 10'000'000'000u) {
            digits--;
            number += (uint64_t)(name[digits] - '0') * scale;
            scale *= 10;
            const auto range = ranges_.find(name.substr(0, digits));
            const bool canonical = name[digits] != '0' || digits + 1 == name.size();
            if (range != ranges_.end() && canonical && number < range->second.count) {
                return range->second.first + (uint32_t)number;
            }
        }
        return std::nullopt;
    }

  private:
    struct Range {
        uint32_t first;
        uint32_t count;
    };
    template <class Map>
    static std::optional<typename Map::mapped_type> find(const Map& map, std::string_view name) {
        const auto found = map.find(name);
        if (found == map.end()) return std::nullopt;
        return found->second;
    }
    std::unordered_map<std::string_view, SymbolRef> symbols_;
    std::unordered_map<std::string_view, uint32_t> registers_;
    std::unordered_map<std::string_view, Range> ranges_;
    std::unordered_map<std::string_view, uint32_t> labels_;
};

}  // namespace ridgepoint::emulator::ptx
