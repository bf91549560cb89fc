// Work that an instruction starts and that takes effect later: copies, and matrix products in flight.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "core/launch.h"
#include "exec/random.h"

namespace ridgepoint::emulator {

// One piece of work, complete or not. Its effect happens in complete(), once.
class AsyncWork {
  public:
    virtual ~AsyncWork() = default;
    virtual void complete() = 0;
    // For reports: "cp.async of 16 bytes to shared 0x440 (line 71)".
    virtual std::string describe() const = 0;
};

// The outstanding work of one CTA, under the completion mode of the launch. Work completes in order of submission
// within a queue that asks for it, otherwise in any order the mode and the seed choose.
class AsyncQueue {
  public:
    typedef uint64_t Ticket;

    AsyncQueue(Completion mode, Random random) : mode_(mode), random_(random) {}

    // Under Eager the work completes before this returns.
    Ticket submit(std::unique_ptr<AsyncWork> work);
    // The same for work that can be copied: under Eager it needs no memory of its own.
    template <class Work>
    Ticket submit_copy(Work& work) {
        if (mode_ != Completion::Eager) return submit(std::make_unique<Work>(work));
        work.complete();
        return next_++;
    }
    bool complete(Ticket ticket) const;
    // Completes this piece now: what a wait does.
    void finish(Ticket ticket);
    bool idle() const { return pending_.empty(); }

    // For the scheduler: Random completes some at every switch of warps; when no warp can run, one piece is completed
    // in any mode so that what waits for it by polling can go on.
    void drift();
    bool finish_one();

  private:
    struct Pending {
        Ticket ticket;
        std::unique_ptr<AsyncWork> work;
    };
    void finish_at(size_t index);

    Completion mode_;
    Random random_;
    Ticket next_ = 0;
    std::deque<Pending> pending_;  // ascending tickets
};

}  // namespace ridgepoint::emulator
