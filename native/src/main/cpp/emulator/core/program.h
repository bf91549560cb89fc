// A module whose variables have addresses: what is launched.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "module.h"

namespace ridgepoint::emulator {

class Program {
  public:
    // addresses[i] is the device address of module->variables()[i], aligned as that asks.
    // Throws std::invalid_argument if one is missing or misaligned.
    static std::shared_ptr<const Program> bind(std::shared_ptr<const Module> module, std::vector<uint64_t> addresses);

    const Module& module() const { return *module_; }
    uint64_t address(size_t variable) const { return addresses_[variable]; }
    // The bytes a variable starts with, relocations applied, variable.size of them. Not for external variables.
    const std::vector<std::byte>& initial_bytes(size_t variable) const { return initial_[variable]; }
    // Values of the constant lanes that depend on addresses; for the core.
    const std::byte* constants() const { return constants_.get(); }

  private:
    Program() = default;
    std::shared_ptr<const Module> module_;
    std::vector<uint64_t> addresses_;
    std::vector<std::vector<std::byte>> initial_;
    std::shared_ptr<std::byte> constants_;
};

}  // namespace ridgepoint::emulator
