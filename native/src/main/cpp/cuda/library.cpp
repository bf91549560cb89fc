#include "library.h"

#include <dlfcn.h>

namespace ridgepoint::cuda {

bool Library::open(const char* const* names, int count) {
    error_.clear();
    for (int i = 0; i < count && handle_ == nullptr; i++) {
        handle_ = dlopen(names[i], RTLD_NOW | RTLD_GLOBAL);
        if (handle_ != nullptr) {
            name_ = names[i];
        } else {
            error_ += (error_.empty() ? "" : "; ") + std::string(dlerror());
        }
    }
    return handle_ != nullptr;
}

void* Library::address(const char* symbol) {
    void* found = handle_ == nullptr ? nullptr : dlsym(handle_, symbol);
    if (found == nullptr) {
        missing_ += (missing_.empty() ? "" : " ") + std::string(symbol);
    }
    return found;
}

}  // namespace ridgepoint::cuda
