// The end of a piece of work, to be waited for by any number of threads.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace ridgepoint::emulator::driver {

class Completion {
  public:
    bool done() const { return done_.load(std::memory_order_acquire); }

    void complete() {
        std::lock_guard lock(mutex_);
        done_.store(true, std::memory_order_release);
        changed_.notify_all();
    }

    void wait() {
        if (done()) return;
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return done(); });
    }

  private:
    std::atomic<bool> done_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
};

}  // namespace ridgepoint::emulator::driver
