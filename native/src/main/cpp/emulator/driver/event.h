// A point in a stream's work, and when it was reached by the host's clock.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <vector>

#include "driver/completion.h"
#include "driver/operation.h"
#include "driver/streams.h"

namespace ridgepoint::emulator::driver {

class Event {
  public:
    Event(Context& context, unsigned flags) : context_(context), flags_(flags) {}

    Context& context() const { return context_; }
    bool timed() const { return (flags_ & CU_EVENT_DISABLE_TIMING) == 0; }

    void record(const std::shared_ptr<Stream>& stream);
    // Work of the stream from now on waits for what was recorded last.
    void hold(const std::shared_ptr<Stream>& stream);
    // True also if it was never recorded.
    bool reached() const;
    void wait() const;
    // Host time between two events. Throws DriverError: INVALID_HANDLE if not timed or not recorded, NOT_READY.
    static float milliseconds(const Event& start, const Event& end);

    // Set by a record in a capture; guarded by the captures' mutex.
    std::shared_ptr<Capture> capture;
    std::vector<std::shared_ptr<Node>> captured;

  private:
    using Clock = std::chrono::steady_clock;

    // One record: where the time goes, and whether it is there.
    struct Mark {
        Clock::time_point time;
        std::shared_ptr<Completion> reached;
    };
    class Marking;

    std::shared_ptr<Mark> latest() const;

    Context& context_;
    const unsigned flags_;
    mutable std::mutex mutex_;
    std::shared_ptr<Mark> latest_;  // null if never recorded
};

}  // namespace ridgepoint::emulator::driver
