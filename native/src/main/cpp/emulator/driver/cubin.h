// What ptxas decided, read from a cubin: PTX does not know how many registers a kernel takes.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace ridgepoint::emulator::driver {

struct KernelResources {
    int registers = 0;    // of a thread; 0 where unknown
    int stack_bytes = 0;  // of a thread
};

bool is_elf(const char* image);

// By kernel. Throws DriverError(INVALID_IMAGE) if it is no cubin.
std::map<std::string, KernelResources> parse_cubin(std::string_view elf);

}  // namespace ridgepoint::emulator::driver
