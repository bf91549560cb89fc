#include "library.h"

#include <dlfcn.h>

#include <algorithm>

namespace ridgepoint::cuda {

bool Library::open(const char* name) {
    handle_ = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (handle_ != nullptr) {
        name_ = name;
    } else {
        error_ = dlerror();
    }
    return handle_ != nullptr;
}

bool Library::open_any(const char* names) {
    std::string list = names;
    std::string errors;
    for (size_t from = 0; handle_ == nullptr && from < list.size();) {
        size_t end = std::min(list.find(' ', from), list.size());
        if (!open(list.substr(from, end - from).c_str())) {
            errors += (errors.empty() ? "" : "; ") + error_;
        }
        from = end + 1;
    }
    error_ = errors;
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
