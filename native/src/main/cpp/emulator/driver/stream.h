// A queue of work with a thread that does it in order.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "driver/completion.h"
#include "driver/operation.h"

namespace ridgepoint::emulator::driver {

class Capture;
class Node;

struct Work {
    std::shared_ptr<const Operation> operation;
    std::vector<std::shared_ptr<Completion>> after;
    std::shared_ptr<Completion> done;
    uint64_t first_launch;
};

class Stream {
  public:
    Stream(Context& context, unsigned flags, int priority);
    ~Stream();
    Stream(const Stream&) = delete;

    Context& context() const { return context_; }
    unsigned flags() const { return flags_; }
    bool blocking() const { return (flags_ & CU_STREAM_NON_BLOCKING) == 0; }
    int priority() const { return priority_; }
    uint64_t id() const { return id_; }

    // The end of what was queued last; null if nothing ever was. Guarded by Streams.
    std::shared_ptr<Completion> last;

    void push(Work work);
    // Ends the thread once the queue is empty; what is pushed later never runs.
    void close();

    // Set while the stream belongs to a capture; the rest is guarded by the captures' mutex.
    std::atomic<bool> capturing{false};
    std::shared_ptr<Capture> capture;
    std::vector<std::shared_ptr<Node>> frontier;  // what the next captured node depends on

  private:
    void loop();
    void perform(const Work& work);

    Context& context_;
    const unsigned flags_;
    const int priority_;
    const uint64_t id_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Work> queue_;
    bool closing_ = false;
    std::thread thread_;  // started with the first work
};

}  // namespace ridgepoint::emulator::driver
