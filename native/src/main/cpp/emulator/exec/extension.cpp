#include "exec/extension.h"

#include <atomic>

namespace ridgepoint::emulator {

size_t Extensions::next_index() {
    static std::atomic<size_t> next{0};
    return next++;
}

}  // namespace ridgepoint::emulator
