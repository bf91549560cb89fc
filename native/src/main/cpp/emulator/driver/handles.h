// Handles given to programs: numbers that are never used twice, so that one kept too long is always recognised.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "driver/errors.h"

namespace ridgepoint::emulator::driver {

// Numbers all handles of the process; never a valid address.
inline uint64_t next_handle() {
    static std::atomic<uint64_t> last{0};
    return 0x5200'0000'0000'0000 + 16 * ++last;
}

// The live objects of one type. Any number of threads may call.
template <class Handle, class Object>
class Handles {
  public:
    Handle add(std::shared_ptr<Object> object) {
        Handle handle = reinterpret_cast<Handle>(next_handle());
        std::unique_lock lock(mutex_);
        objects_.emplace(handle, std::move(object));
        return handle;
    }

    // Null if there is none.
    std::shared_ptr<Object> find(Handle handle) const {
        std::shared_lock lock(mutex_);
        auto found = objects_.find(handle);
        return found == objects_.end() ? nullptr : found->second;
    }

    // Throws `missing` if there is none.
    std::shared_ptr<Object> get(Handle handle, CUresult missing = CUDA_ERROR_INVALID_HANDLE) const {
        std::shared_ptr<Object> object = find(handle);
        if (!object) throw DriverError(missing);
        return object;
    }

    // Forgets and returns it; throws INVALID_HANDLE if there is none.
    std::shared_ptr<Object> remove(Handle handle) {
        std::unique_lock lock(mutex_);
        auto found = objects_.find(handle);
        if (found == objects_.end()) throw DriverError(CUDA_ERROR_INVALID_HANDLE);
        std::shared_ptr<Object> object = std::move(found->second);
        objects_.erase(found);
        return object;
    }

    // Forgets and returns all that `condition` holds for.
    template <class Condition>
    std::vector<std::shared_ptr<Object>> remove_if(Condition condition) {
        std::vector<std::shared_ptr<Object>> removed;
        std::unique_lock lock(mutex_);
        for (auto at = objects_.begin(); at != objects_.end();) {
            if (condition(*at->second)) {
                removed.push_back(std::move(at->second));
                at = objects_.erase(at);
            } else {
                ++at;
            }
        }
        return removed;
    }

  private:
    mutable std::shared_mutex mutex_;
    std::unordered_map<Handle, std::shared_ptr<Object>> objects_;
};

}  // namespace ridgepoint::emulator::driver
