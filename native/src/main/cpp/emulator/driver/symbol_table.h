// The generated table of exported functions, see symbols.cmake.
#pragma once

#include <cstddef>

namespace ridgepoint::emulator::driver {

struct Symbol {
    const char* name;
    void* address;
};

extern const Symbol SYMBOLS[];
extern const size_t SYMBOL_COUNT;

}  // namespace ridgepoint::emulator::driver
