#include "driver/jit_log.h"

#include <algorithm>
#include <cstring>

#include "driver/errors.h"

namespace ridgepoint::emulator::driver {

JitLog::JitLog(unsigned count, CUjit_option* options, void** values)
    : count_(count), options_(options), values_(values) {
    require(count == 0 || (options && values));
}

void JitLog::write_error(const std::string& text) {
    write(CU_JIT_ERROR_LOG_BUFFER, CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, text);
}

void JitLog::write_info(const std::string& text) {
    write(CU_JIT_INFO_LOG_BUFFER, CU_JIT_INFO_LOG_BUFFER_SIZE_BYTES, text);
}

void JitLog::write(CUjit_option buffer, CUjit_option size, const std::string& text) {
    void** to = value(buffer);
    void** room = value(size);
    if (!to || !*to || !room) return;
    // The value itself, not what it points to, is the size; 32 bits of it.
    size_t capacity = (unsigned)(uintptr_t)*room;
    if (capacity == 0) return;
    size_t written = std::min(text.size(), capacity - 1);
    std::memcpy(*to, text.data(), written);
    ((char*)*to)[written] = '\0';
    *room = (void*)(uintptr_t)(written == 0 ? 0 : written + 1);
}

void** JitLog::value(CUjit_option option) {
    CUjit_option* found = std::find(options_, options_ + count_, option);
    return found == options_ + count_ ? nullptr : &values_[found - options_];
}

}  // namespace ridgepoint::emulator::driver
