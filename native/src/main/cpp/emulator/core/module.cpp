#include "core/module.h"

#include "core/loader.h"
#include "decode/code.h"

namespace ridgepoint::emulator {
namespace {

std::string message(uint32_t line, uint32_t column, const std::string& opcode, const std::string& reason) {
    const std::string place =
        line == 0 ? "" : "line " + std::to_string(line) + ", column " + std::to_string(column) + ": ";
    return place + (opcode.empty() ? "" : opcode + ": ") + reason;
}

}  // namespace

LoadError::LoadError(Kind its_kind, uint32_t its_line, uint32_t its_column, std::string its_opcode,
                     const std::string& reason)
    : std::runtime_error(message(its_line, its_column, its_opcode, reason)),
      kind(its_kind),
      line(its_line),
      column(its_column),
      opcode(std::move(its_opcode)) {}

Module::Module() = default;
Module::~Module() = default;

std::shared_ptr<const Module> Module::load(std::string_view ptx, const LoadOptions& options) {
    return Loader(ptx, options).load();
}

const Kernel* Module::kernel(std::string_view name) const {
    for (const Kernel& kernel : kernels_) {
        if (kernel.name == name) return &kernel;
    }
    return nullptr;
}

int Module::variable(std::string_view name) const {
    for (size_t i = 0; i < variables_.size(); i++) {
        if (variables_[i].name == name) return (int)i;
    }
    return -1;
}

}  // namespace ridgepoint::emulator
