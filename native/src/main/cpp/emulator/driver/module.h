// A loaded module: a program bound to the memory of its context, and its functions.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/engine.h"
#include "driver/context.h"
#include "driver/image.h"

namespace ridgepoint::emulator::driver {

// A kernel of a module, with what cuFuncSetAttribute may change.
class Function {
  public:
    Function(Context& context, std::shared_ptr<const Program> program, const Kernel& kernel,
             const KernelResources& resources);

    Context& context() const { return context_; }
    const Program& program() const { return *program_; }
    const Kernel& kernel() const { return kernel_; }
    int registers() const { return resources_.registers; }  // 0 where no cubin tells
    int local_bytes() const;
    int max_threads() const;

    std::atomic<int> max_dynamic_shared;
    std::atomic<int> shared_carveout{-1};
    CUmodule module = nullptr;
    CUfunction handle = nullptr;

  private:
    Context& context_;
    const std::shared_ptr<const Program> program_;
    const Kernel& kernel_;
    const KernelResources resources_;
};

class LoadedModule {
  public:
    // Throws LoadError where the PTX is refused, DriverError otherwise.
    LoadedModule(Context& context, const Image& image);
    LoadedModule(const LoadedModule&) = delete;

    Context& context() const { return context_; }
    const std::map<std::string, std::shared_ptr<Function>, std::less<>>& functions() const { return functions_; }
    // Null if there is no such variable.
    std::shared_ptr<Allocation> variable(const std::string& name) const;
    // Frees the variables.
    void unload();

  private:
    void place_variables(const Module& module);

    Context& context_;
    std::vector<std::shared_ptr<Allocation>> variables_;  // as in Module::variables()
    std::shared_ptr<const Program> program_;
    std::map<std::string, std::shared_ptr<Function>, std::less<>> functions_;
};

}  // namespace ridgepoint::emulator::driver
