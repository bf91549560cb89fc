#include "driver/module.h"

#include <algorithm>
#include <cstring>

#include "driver/errors.h"

namespace ridgepoint::emulator::driver {

Function::Function(Context& context, std::shared_ptr<const Program> program, const Kernel& kernel,
                   const KernelResources& resources)
    : max_dynamic_shared(std::max(0, DeviceModel::DEFAULT_SHARED_PER_BLOCK - (int)kernel.static_shared)),
      context_(context),
      program_(std::move(program)),
      kernel_(kernel),
      resources_(resources) {}

int Function::local_bytes() const { return resources_.registers ? resources_.stack_bytes : (int)kernel_.local_bytes; }

int Function::max_threads() const {
    int most = std::min<int>((int)kernel_.max_threads, DeviceModel::MAX_THREADS_PER_BLOCK);
    if (registers() == 0) return most;
    // Registers are given out to whole warps in units of 256.
    int of_warp = (registers() * DeviceModel::WARP + 255) / 256 * 256;
    return std::min(most, DeviceModel::REGISTERS / of_warp * DeviceModel::WARP);
}

LoadedModule::LoadedModule(Context& context, const Image& image) : context_(context) {
    std::shared_ptr<const Module> module = Module::load(image.ptx, context.model().load_options());
    try {
        place_variables(*module);
        std::vector<uint64_t> addresses;
        for (auto& variable : variables_) addresses.push_back(variable->address);
        program_ = Program::bind(module, addresses);
        for (size_t i = 0; i < variables_.size(); i++) {
            const std::vector<std::byte>& bytes = program_->initial_bytes(i);
            std::memcpy(variables_[i]->host, bytes.data(), bytes.size());
        }
    } catch (...) {
        unload();
        throw;
    }
    for (const Kernel& kernel : program_->module().kernels()) {
        auto found = image.resources.find(kernel.name);
        KernelResources resources = found == image.resources.end() ? KernelResources{} : found->second;
        functions_.emplace(kernel.name, std::make_shared<Function>(context, program_, kernel, resources));
    }
}

void LoadedModule::place_variables(const Module& module) {
    for (const Variable& variable : module.variables()) {
        if (variable.external) {
            throw DriverError(CUDA_ERROR_INVALID_PTX,
                              "variable " + variable.name + " is external, and modules are not linked");
        }
        bool constant = variable.space == VariableSpace::Constant;
        variables_.push_back(context_.memory().allocate_variable(variable.size, variable.name, constant));
    }
}

std::shared_ptr<Allocation> LoadedModule::variable(const std::string& name) const {
    int index = program_->module().variable(name);
    return index < 0 ? nullptr : variables_[(size_t)index];
}

void LoadedModule::unload() {
    for (auto& variable : variables_) context_.memory().free(*variable);
    variables_.clear();
}

}  // namespace ridgepoint::emulator::driver
