#include "core/program.h"

#include <cstring>
#include <new>
#include <stdexcept>

#include "decode/code.h"

namespace ridgepoint::emulator {
namespace {

constexpr std::align_val_t ALIGNMENT{64};

void store(std::byte* to, uint64_t value, size_t bytes) { std::memcpy(to, &value, bytes); }

}  // namespace

std::shared_ptr<const Program> Program::bind(std::shared_ptr<const Module> module, std::vector<uint64_t> addresses) {
    const auto& variables = module->variables();
    if (addresses.size() != variables.size()) throw std::invalid_argument("one address for each variable of the module");
    for (size_t i = 0; i < addresses.size(); i++) {
        if (addresses[i] % variables[i].align != 0) throw std::invalid_argument(variables[i].name + " is misaligned");
    }
    const Code& code = module->code();
    std::shared_ptr<Program> program(new Program);
    std::byte* const constants = new (ALIGNMENT) std::byte[code.constants.size()];
    program->constants_.reset(constants, [](std::byte* held) { ::operator delete[](held, ALIGNMENT); });
    std::memcpy(constants, code.constants.data(), code.constants.size());
    for (const ConstantRelocation& relocation : code.relocations) {
        for (unsigned lane = 0; lane < LANES; lane++) {
            store(constants + relocation.offset + lane * relocation.width,
                  addresses[relocation.variable] + relocation.addend, relocation.width);
        }
    }
    for (const auto& bytes : code.initial) {
        const std::byte* const first = reinterpret_cast<const std::byte*>(bytes.data());
        program->initial_.emplace_back(first, first + bytes.size());
    }
    for (const auto& relocation : code.data_relocations) {
        const uint64_t address = relocation.is_function ? code_address(relocation.target) : addresses[relocation.target];
        store(program->initial_[relocation.variable].data() + relocation.offset,
              (address + (uint64_t)relocation.addend) >> relocation.shift, relocation.size);
    }
    program->module_ = std::move(module);
    program->addresses_ = std::move(addresses);
    return program;
}

}  // namespace ridgepoint::emulator
