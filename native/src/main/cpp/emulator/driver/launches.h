// What launches did, by number, for ridgepoint_emulator_counters_*.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace ridgepoint::emulator::driver {

class Launches {
  public:
    static Launches& instance();

    // Takes `count` numbers in the order of submission and returns the first; numbers begin at 0.
    uint64_t number(uint64_t count);
    // How many numbers were taken.
    uint64_t numbered() const;

    void record(uint64_t launch, std::string json);
    // Empty if the launch has not ended, never ran, or lies too far back.
    std::string json(uint64_t launch) const;

    // Forgets all and begins again at 0. No launch may be under way.
    void reset();

  private:
    static constexpr size_t MOST_KEPT = 4096;

    mutable std::mutex mutex_;
    uint64_t next_ = 0;
    std::map<uint64_t, std::string> records_;
};

}  // namespace ridgepoint::emulator::driver
