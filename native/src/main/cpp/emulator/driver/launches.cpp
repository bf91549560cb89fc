#include "driver/launches.h"

#include <utility>

namespace ridgepoint::emulator::driver {

Launches& Launches::instance() {
    static Launches& launches = *new Launches;
    return launches;
}

uint64_t Launches::number(uint64_t count) {
    std::lock_guard lock(mutex_);
    return std::exchange(next_, next_ + count);
}

uint64_t Launches::numbered() const {
    std::lock_guard lock(mutex_);
    return next_;
}

void Launches::record(uint64_t launch, std::string json) {
    std::lock_guard lock(mutex_);
    records_[launch] = std::move(json);
    if (records_.size() > MOST_KEPT) records_.erase(records_.begin());
}

std::string Launches::json(uint64_t launch) const {
    std::lock_guard lock(mutex_);
    auto found = records_.find(launch);
    return found == records_.end() ? "" : found->second;
}

void Launches::reset() {
    std::lock_guard lock(mutex_);
    next_ = 0;
    records_.clear();
}

}  // namespace ridgepoint::emulator::driver
