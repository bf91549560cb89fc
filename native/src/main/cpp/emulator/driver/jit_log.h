// The buffers a program gives to cuModuleLoadDataEx for messages.
#pragma once

#include <string>

#include "driver/abi/types.h"

namespace ridgepoint::emulator::driver {

class JitLog {
  public:
    JitLog(unsigned count, CUjit_option* options, void** values);

    // Writes as much as there is room for, and how much that was into the option that gave the size.
    void write_error(const std::string& text);
    void write_info(const std::string& text);

  private:
    void write(CUjit_option buffer, CUjit_option size, const std::string& text);
    void** value(CUjit_option option);

    const unsigned count_;
    CUjit_option* const options_;
    void** const values_;
};

}  // namespace ridgepoint::emulator::driver
