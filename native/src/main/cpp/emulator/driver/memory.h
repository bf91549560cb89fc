// The memory of a context: what is allocated, what was, and what of it was ever written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/memory_map.h"

namespace ridgepoint::emulator::driver {

enum class MemoryKind {
    Device,    // by cuMemAlloc and its like
    Variable,  // of a module
    Internal,  // the driver's own
    Host,      // by cuMemHostAlloc
    Managed,   // by cuMemAllocManaged: host memory that is freed as device memory
    Registered,
};

// One allocation. `written` has a bit for each byte, see MemoryRange; null where it is not tracked.
struct Allocation {
    uint64_t number = 0;  // from 1, in the order of allocation in the context
    MemoryKind kind = MemoryKind::Device;
    uint64_t address = 0;
    uint64_t size = 0;
    std::byte* host = nullptr;
    bool read_only = false;
    bool freed = false;
    bool to_be_freed = false;  // in the order of a stream, which may be later
    unsigned host_flags = 0;
    std::string name;
    std::unique_ptr<uint8_t, void (*)(void*)> written{nullptr, nullptr};
    std::shared_ptr<Heap> heap;  // whose pieces it holds, for memory that kernels allocate

    // Whether its bytes lie where its address says.
    bool is_host() const { return owns_host() || kind == MemoryKind::Registered; }
    bool owns_host() const { return kind == MemoryKind::Host || kind == MemoryKind::Managed; }
    uint64_t end() const { return address + size; }
};

class Memory {
  public:
    explicit Memory(uint64_t capacity) : capacity_(capacity) {}
    ~Memory();
    Memory(const Memory&) = delete;

    // Throws DriverError: OUT_OF_MEMORY. Tracks writes if asked; a variable is given by name.
    std::shared_ptr<Allocation> allocate(uint64_t size, MemoryKind kind, bool track, const std::string& name = "");
    std::shared_ptr<Allocation> allocate_variable(uint64_t size, const std::string& name, bool read_only);
    // The memory that kernels get by malloc.
    std::shared_ptr<Heap> allocate_heap(uint64_t size);
    // Host memory that kernels may use at its own address.
    std::shared_ptr<Allocation> allocate_host(uint64_t size, unsigned flags, MemoryKind kind = MemoryKind::Host);
    void register_host(void* address, uint64_t size, unsigned flags);

    // Promises what free() would take to one caller. Throws DriverError with a reason where it cannot be freed or is
    // promised already.
    void promise_free(uint64_t address, MemoryKind kind);
    // Frees what begins at `address` and is of the given kind. Throws DriverError with a reason.
    void free(uint64_t address, MemoryKind kind);
    void free(const Allocation& allocation) { free(allocation.address, allocation.kind); }
    void unregister_host(void* address);

    // The live allocation that holds the address; null if none does.
    std::shared_ptr<Allocation> find(uint64_t address) const;
    // What is wrong with [address, address + size), for people.
    std::string complaint(uint64_t address, uint64_t size) const;

    // All ranges as a kernel that begins now sees them; keeps them alive.
    std::shared_ptr<const MemoryMap> map();

    uint64_t used() const;
    uint64_t capacity() const { return capacity_; }
    // What the program allocated and has not freed, by address.
    std::vector<std::shared_ptr<Allocation>> leaks() const;

  private:
    static constexpr size_t MOST_FREED = 4096;  // records of freed ranges that are kept

    void insert(const std::shared_ptr<Allocation>& allocation);
    void bury(const std::shared_ptr<Allocation>& allocation);

    const uint64_t capacity_;
    mutable std::mutex mutex_;
    uint64_t used_ = 0;
    uint64_t last_number_ = 0;
    std::map<uint64_t, std::shared_ptr<Allocation>> live_;
    std::deque<std::shared_ptr<Allocation>> freed_;  // oldest first
    std::shared_ptr<const MemoryMap> map_;           // null after a change
};

// Marks [offset, offset + size) as written; any number of threads may mark.
void mark_written(uint8_t* bits, uint64_t offset, uint64_t size);

// Bits of `size` bytes follow the bytes from one allocation to another; null means all written.
void copy_written(uint8_t* to, uint64_t to_offset, const uint8_t* from, uint64_t from_offset, uint64_t size);

}  // namespace ridgepoint::emulator::driver
