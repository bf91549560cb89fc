// A CUDA driver for tests of our bindings: memory is the host's, and a few kernels are functions of C++. Every handle is
// counted, calls can be made to fail, and errors of kernels are sticky as on hardware. It executes no GPU code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace fake {

using Address = unsigned long long;

constexpr int kSuccess = 0;
constexpr int kInvalidValue = 1;
constexpr int kOutOfMemory = 2;
constexpr int kInvalidImage = 200;
constexpr int kInvalidContext = 201;
constexpr int kInvalidPtx = 218;
constexpr int kInvalidHandle = 400;
constexpr int kNotFound = 500;
constexpr int kIllegalAddress = 700;

// A launch's shape, and its parameters one by one.
struct Run {
    unsigned grid[3];
    unsigned block[3];
    const std::vector<std::vector<unsigned char>>& parameters;

    template <typename Value> Value get(size_t index) const {
        return *reinterpret_cast<const Value*>(parameters[index].data());
    }
};

struct Kernel {
    std::string symbol;
    std::vector<size_t> sizes;
    // Answers the error a GPU would meet.
    int (*body)(const Run&);
};

// The kernel of that symbol, or null: it is loaded all the same, and does nothing.
const Kernel* find_kernel(const std::string& symbol);

struct Driver {
    std::mutex mutex;
    std::map<Address, size_t> allocations;
    std::map<std::string, int> failures;
    std::string log;
    bool recording = false;
    int sticky = kSuccess;
    int arch = 90;
    int live_handles = 0;
    int contexts = 0;
    long launches = 0;
    bool named_as_emulated = true;

    // Whether a range lies in one allocation.
    bool holds(Address from, size_t bytes) const;
};

Driver& driver();

}  // namespace fake
