#include "driver/memory.h"

#include <cstdlib>
#include <iterator>

#include "core/heap.h"
#include "driver/arena.h"
#include "driver/errors.h"
#include "driver/saturating.h"

namespace ridgepoint::emulator::driver {
namespace {

// What a map's users need to stay alive for.
struct Snapshot {
    MemoryMap map;
    std::vector<std::shared_ptr<Allocation>> allocations;
};

MemoryRange range_of(const Allocation& allocation) {
    MemoryRange range{};
    range.address = allocation.address;
    range.size = allocation.size;
    range.host = allocation.host;
    range.state = allocation.freed        ? RangeState::Freed
                  : allocation.read_only  ? RangeState::ReadOnly
                                          : RangeState::Live;
    range.name = allocation.name;
    range.written = allocation.written.get();
    range.heap = allocation.heap.get();
    return range;
}

std::unique_ptr<uint8_t, void (*)(void*)> bitmap(uint64_t bytes) {
    auto* bits = (uint8_t*)std::calloc(bytes / 8 + 1, 1);
    if (!bits) throw std::bad_alloc();
    return {bits, std::free};
}

const char* noun(MemoryKind kind) {
    switch (kind) {
        case MemoryKind::Variable: return "variable";
        case MemoryKind::Internal: return "memory of the driver";
        case MemoryKind::Host: return "host allocation";
        case MemoryKind::Managed: return "managed allocation";
        case MemoryKind::Registered: return "registered host memory";
        default: return "allocation";
    }
}

}  // namespace

Memory::~Memory() {
    for (auto& [address, allocation] : live_) {
        if (allocation->owns_host()) {
            std::free(allocation->host);
        } else if (!allocation->is_host()) {
            Arena::instance().discard(address, allocation->size);
            Arena::instance().release(address);
        }
    }
    for (auto& allocation : freed_) Arena::instance().release(allocation->address);
}

void Memory::insert(const std::shared_ptr<Allocation>& allocation) {
    allocation->number = ++last_number_;
    if (allocation->name.empty()) {
        allocation->name = std::string(noun(allocation->kind)) + " " + std::to_string(allocation->number);
    }
    live_.emplace(allocation->address, allocation);
    map_.reset();
}

std::shared_ptr<Allocation> Memory::allocate(uint64_t size, MemoryKind kind, bool track, const std::string& name) {
    auto allocation = std::make_shared<Allocation>();
    allocation->kind = kind;
    allocation->size = size;
    allocation->name = name;
    std::lock_guard lock(mutex_);
    if (size > capacity_ - used_) throw DriverError(CUDA_ERROR_OUT_OF_MEMORY);
    if (track) allocation->written = bitmap(size);
    allocation->address = Arena::instance().take(size);
    allocation->host = Arena::instance().host(allocation->address);
    used_ += size;
    insert(allocation);
    return allocation;
}

std::shared_ptr<Allocation> Memory::allocate_variable(uint64_t size, const std::string& name, bool read_only) {
    std::shared_ptr<Allocation> allocation = allocate(size, MemoryKind::Variable, false, "variable " + name);
    std::lock_guard lock(mutex_);
    allocation->read_only = read_only;
    map_.reset();
    return allocation;
}

std::shared_ptr<Heap> Memory::allocate_heap(uint64_t size) {
    std::shared_ptr<Allocation> allocation = allocate(size, MemoryKind::Internal, true, "heap of kernels");
    std::lock_guard lock(mutex_);
    allocation->heap = std::make_shared<Heap>(allocation->address, size);
    map_.reset();
    return allocation->heap;
}

std::shared_ptr<Allocation> Memory::allocate_host(uint64_t size, unsigned flags, MemoryKind kind) {
    constexpr size_t PAGE = 4096;
    if (size >= SHARED_WINDOW) throw DriverError(CUDA_ERROR_OUT_OF_MEMORY);
    auto allocation = std::make_shared<Allocation>();
    allocation->host = (std::byte*)std::aligned_alloc(PAGE, (size + PAGE - 1) / PAGE * PAGE);
    if (!allocation->host) throw DriverError(CUDA_ERROR_OUT_OF_MEMORY);
    allocation->kind = kind;
    allocation->address = (uint64_t)allocation->host;
    allocation->size = size;
    allocation->host_flags = flags;
    std::lock_guard lock(mutex_);
    insert(allocation);
    return allocation;
}

void Memory::register_host(void* address, uint64_t size, unsigned flags) {
    if (plus((uint64_t)address, size) > SHARED_WINDOW) {
        throw DriverError(CUDA_ERROR_INVALID_VALUE, "a process has no memory of " + std::to_string(size) + " bytes");
    }
    auto allocation = std::make_shared<Allocation>();
    allocation->kind = MemoryKind::Registered;
    allocation->host = (std::byte*)address;
    allocation->address = (uint64_t)address;
    allocation->size = size;
    allocation->host_flags = flags;
    std::lock_guard lock(mutex_);
    auto after = live_.upper_bound(allocation->end() - 1);
    if (after != live_.begin() && std::prev(after)->second->end() > allocation->address) {
        throw DriverError(CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED);
    }
    insert(allocation);
}

void Memory::promise_free(uint64_t address, MemoryKind kind) {
    std::unique_lock lock(mutex_);
    auto found = live_.find(address);
    if (found == live_.end() || found->second->kind != kind) {
        lock.unlock();
        throw DriverError(CUDA_ERROR_INVALID_VALUE, "cannot free it: " + complaint(address, 1));
    }
    if (found->second->to_be_freed) {
        throw DriverError(CUDA_ERROR_INVALID_VALUE, "cannot free it: " + found->second->name + " is freed already");
    }
    found->second->to_be_freed = true;
}

void Memory::free(uint64_t address, MemoryKind kind) {
    std::unique_lock lock(mutex_);
    auto found = live_.find(address);
    if (found == live_.end() || found->second->kind != kind) {
        lock.unlock();
        throw DriverError(CUDA_ERROR_INVALID_VALUE, "cannot free it: " + complaint(address, 1));
    }
    std::shared_ptr<Allocation> allocation = std::move(found->second);
    live_.erase(found);
    map_.reset();
    if (allocation->owns_host()) {
        std::free(allocation->host);
    } else {
        used_ -= allocation->size;
        bury(allocation);
    }
}

void Memory::unregister_host(void* address) {
    std::lock_guard lock(mutex_);
    auto found = live_.find((uint64_t)address);
    if (found == live_.end() || found->second->kind != MemoryKind::Registered) {
        throw DriverError(CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED);
    }
    live_.erase(found);
    map_.reset();
}

void Memory::bury(const std::shared_ptr<Allocation>& allocation) {
    // A record of its own: launches under way may still hold the allocation and its bitmap.
    auto record = std::make_shared<Allocation>();
    record->number = allocation->number;
    record->kind = allocation->kind;
    record->address = allocation->address;
    record->size = allocation->size;
    record->name = allocation->name;
    record->freed = true;
    Arena::instance().discard(allocation->address, allocation->size);
    freed_.push_back(std::move(record));
    if (freed_.size() > MOST_FREED) {
        Arena::instance().release(freed_.front()->address);
        freed_.pop_front();
    }
}

std::shared_ptr<Allocation> Memory::find(uint64_t address) const {
    std::lock_guard lock(mutex_);
    auto after = live_.upper_bound(address);
    if (after == live_.begin()) return nullptr;
    const std::shared_ptr<Allocation>& allocation = std::prev(after)->second;
    return address < allocation->end() ? allocation : nullptr;
}

std::string Memory::complaint(uint64_t address, uint64_t size) const {
    if (std::shared_ptr<Allocation> allocation = find(address)) {
        uint64_t offset = address - allocation->address;
        std::string which = allocation->name + " (" + std::to_string(allocation->size) + " bytes)";
        if (size > allocation->size - offset) {
            return std::to_string(size) + " bytes from offset " + std::to_string(offset) + " run over the end of " +
                   which;
        }
        return "the address lies at offset " + std::to_string(offset) + " of " + which;
    }
    std::lock_guard lock(mutex_);
    for (auto allocation = freed_.rbegin(); allocation != freed_.rend(); ++allocation) {
        if (address >= (*allocation)->address && address < (*allocation)->end()) {
            return "the address lies in " + (*allocation)->name + ", which was freed";
        }
    }
    return "the address is in no allocation of this context";
}

std::shared_ptr<const MemoryMap> Memory::map() {
    std::lock_guard lock(mutex_);
    if (map_) return map_;
    auto snapshot = std::make_shared<Snapshot>();
    std::vector<MemoryRange> ranges;
    ranges.reserve(live_.size() + freed_.size());
    snapshot->allocations.reserve(ranges.capacity());
    for (auto& [address, allocation] : live_) {
        ranges.push_back(range_of(*allocation));
        snapshot->allocations.push_back(allocation);
    }
    for (auto& allocation : freed_) ranges.push_back(range_of(*allocation));
    snapshot->map = MemoryMap(std::move(ranges));
    map_ = std::shared_ptr<const MemoryMap>(snapshot, &snapshot->map);
    return map_;
}

uint64_t Memory::used() const {
    std::lock_guard lock(mutex_);
    return used_;
}

std::vector<std::shared_ptr<Allocation>> Memory::leaks() const {
    std::vector<std::shared_ptr<Allocation>> leaks;
    std::lock_guard lock(mutex_);
    for (auto& [address, allocation] : live_) {
        if (allocation->kind != MemoryKind::Variable && allocation->kind != MemoryKind::Internal) {
            leaks.push_back(allocation);
        }
    }
    return leaks;
}

}  // namespace ridgepoint::emulator::driver
