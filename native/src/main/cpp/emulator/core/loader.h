// From a PTX text to a Module: parse, lay out shared memory, decode every function.
#pragma once

#include <memory>
#include <string_view>

#include "core/module.h"
#include "decode/code.h"
#include "decode/function_decoder.h"
#include "ptx/ast.h"

namespace ridgepoint::emulator {

class Loader {
  public:
    Loader(std::string_view ptx, const LoadOptions& options);
    std::shared_ptr<const Module> load();

  private:
    void check_version() const;
    void check_target() const;
    void decode_functions(const Layout& layout);
    void copy_variables();
    Kernel kernel(uint32_t function, const Layout& layout) const;

    const LoadOptions options_;
    ptx::Module parsed_;
    std::shared_ptr<Module> module_;
    std::unique_ptr<Code> code_;
};

}  // namespace ridgepoint::emulator
