// A driver in miniature for tests: memory with gaps, modules, launches with typed parameters.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "core/engine.h"
#include "core/heap.h"

namespace testing {

using namespace ridgepoint::emulator;

struct Buffer {
    uint64_t address = 0;
    size_t index = 0;
};

class Device {
  public:
    Device();

    uint64_t allocate(uint64_t bytes, const std::string& name = "");
    template <class T>
    uint64_t upload(const std::vector<T>& values) {
        const uint64_t address = allocate(values.size() * sizeof(T));
        std::memcpy(host(address), values.data(), values.size() * sizeof(T));
        mark_written(address);
        return address;
    }
    template <class T>
    std::vector<T> download(uint64_t address, size_t count) {
        std::vector<T> values(count);
        std::memcpy(values.data(), host(address), count * sizeof(T));
        return values;
    }
    void free(uint64_t address);
    // So many bytes for malloc in kernels.
    void give_heap(uint64_t bytes);
    std::byte* host(uint64_t address);

    void load(const std::string& ptx);
    // Kernels are looked for in what was loaded last, then in what was loaded before.
    void load(std::shared_ptr<const Module> module);
    const Module& module() const { return programs_.back()->module(); }
    uint64_t variable(const std::string& name) const;

    // Whether allocations from now on remember which of their bytes were ever written.
    bool tracks_writes = false;
    Execution execution;
    DeviceTraits traits;
    std::function<std::unique_ptr<Observer>()> observer;
    std::vector<std::shared_ptr<Stepper>> steppers;
    std::string printed;
    LaunchConfig config;  // of the next launch, but for what launch() is given

    // Parameters are values of the sizes the kernel declares.
    template <class... P>
    LaunchResult launch(const std::string& kernel, Dim3 grid, Dim3 block, P... parameters) {
        std::vector<std::vector<std::byte>> values{bytes_of(parameters)...};
        return launch_with(kernel, grid, block, values);
    }
    // The same with the bytes of each parameter.
    LaunchResult launch_with(const std::string& kernel, Dim3 grid, Dim3 block, const std::vector<std::vector<std::byte>>& values);

  private:
    template <class T>
    static std::vector<std::byte> bytes_of(const T& value) {
        std::vector<std::byte> bytes(sizeof value);
        std::memcpy(bytes.data(), &value, sizeof value);
        return bytes;
    }
    void mark_written(uint64_t address);

    struct Held {
        MemoryRange range;
        std::unique_ptr<std::byte[]> bytes;
        std::vector<uint8_t> written;  // a bit a byte
    };
    std::vector<Held> held_;
    uint64_t next_ = 0x7000'0000'0000;
    std::shared_ptr<Heap> heap_;
    std::vector<std::shared_ptr<const Program>> programs_;
};

// Text of a file beside the tests, or of PTX that the build made.
std::string read_text(const std::string& path);

inline const std::vector<Completion> COMPLETIONS{Completion::Eager, Completion::Lazy, Completion::Random};
// Those under which kernels of this text can differ: where nothing is asynchronous, one stands for all.
std::vector<Completion> completions_for(const std::string& ptx);

// A kernel around `body`, with registers of every kind declared, and parameters in and out of 64 bits.
std::string kernel_around(const std::string& body, const std::string& declarations = "");

}  // namespace testing
