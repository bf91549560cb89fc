// A shared library that is looked for while we run, so that ours builds and loads without it.
#pragma once

#include <string>

namespace ridgepoint::cuda {

class Library {
public:
    // False if there is none of that name, and `error` says why.
    bool open(const char* name);
    // Opens the first that exists of names separated by spaces; `error` says why none could be opened.
    bool open_any(const char* names);

    // Points `function` at a symbol; where the library lacks it, it stays null and its name is remembered.
    template <typename Function> void find(Function*& function, const char* symbol) {
        function = reinterpret_cast<Function*>(address(symbol));
    }

    bool is_open() const { return handle_ != nullptr; }
    const std::string& name() const { return name_; }
    const std::string& error() const { return error_; }
    // Symbols that were not found, separated by spaces.
    const std::string& missing() const { return missing_; }

private:
    void* address(const char* symbol);

    void* handle_ = nullptr;
    std::string name_;
    std::string error_;
    std::string missing_;
};

}  // namespace ridgepoint::cuda
