// A context: its memory, its streams, and whether it still lives.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "core/fault.h"
#include "driver/abi/types.h"
#include "driver/device.h"
#include "driver/errors.h"
#include "driver/memory.h"
#include "driver/streams.h"

namespace ridgepoint::emulator::driver {

class Context {
  public:
    explicit Context(unsigned flags, bool primary = false);
    ~Context();
    Context(const Context&) = delete;

    uint64_t id() const { return id_; }
    bool primary() const { return primary_; }
    unsigned flags() const { return flags_; }
    const DeviceModel& model() const { return model_; }
    Memory& memory() { return memory_; }
    Streams& streams() { return streams_; }

    // What every call answers since a kernel's fault; CUDA_SUCCESS before.
    CUresult health() const { return (CUresult)health_.load(std::memory_order_acquire); }
    void require_health() const { require(health() == CUDA_SUCCESS, health()); }
    // The first failure stays; all are reported.
    void fail(const Fault& fault);
    void fail(CUresult result, const std::string& text);

    // Waits for all work.
    void synchronize();
    // Ends all work and threads, takes every handle of the context out of use, reports what was not freed.
    void close();

    // The memory of malloc in kernels, as large as its limit was when it was asked for first.
    std::shared_ptr<Heap> heap();
    bool has_heap();
    std::atomic<size_t>* limit(CUlimit limit);  // null if there is no such limit
    std::atomic<int> cache_config{0};
    std::atomic<int> shared_config{CU_SHARED_MEM_CONFIG_FOUR_BYTE_BANK_SIZE};

    CUcontext handle = nullptr;

  private:
    void report_leaks(size_t modules, size_t events) const;

    const uint64_t id_;
    const unsigned flags_;
    const bool primary_;
    const DeviceModel& model_;
    std::atomic<int> health_{CUDA_SUCCESS};
    std::array<std::atomic<size_t>, 3> limits_;
    Memory memory_;
    std::mutex heap_mutex_;
    std::shared_ptr<Heap> heap_;
    Streams streams_;  // last: its threads use the rest
};

}  // namespace ridgepoint::emulator::driver
