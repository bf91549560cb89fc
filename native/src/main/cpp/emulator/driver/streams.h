// The streams of a context, and the order between them.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "driver/stream.h"

namespace ridgepoint::emulator::driver {

using Completions = std::vector<std::shared_ptr<Completion>>;

class Streams {
  public:
    explicit Streams(Context& context);

    std::shared_ptr<Stream> create(unsigned flags, int priority);
    // Waits for its work and forgets it.
    void destroy(const std::shared_ptr<Stream>& stream);
    // What the handles 0, 1 and 2 mean.
    const std::shared_ptr<Stream>& legacy() const { return legacy_; }
    std::shared_ptr<Stream> per_thread();

    // Queues the operation behind the stream's work, `after`, and what the legacy stream's rule adds: its work waits
    // for all blocking streams, and theirs for it. Into a graph where the stream is capturing; the answer is then null.
    std::shared_ptr<Completion> submit(const std::shared_ptr<Stream>& stream,
                                       std::shared_ptr<const Operation> operation, Completions after = {});

    // Runs the operation on this thread, ordered as work of the legacy stream.
    void run_now(const Operation& operation);

    void wait(const Stream& stream);
    bool idle(const Stream& stream);
    void wait_all();
    // Waits for all work and ends all threads.
    void close();

    // How many streams the program has created and not destroyed.
    size_t created() const;
    // All that work of the legacy stream would wait for.
    std::vector<std::shared_ptr<Stream>> blocking() const;

  private:
    std::shared_ptr<Completion> enqueue(Stream& stream, std::shared_ptr<const Operation> operation, Completions after);
    Completions before_legacy() const;

    Context& context_;
    mutable std::mutex mutex_;
    const std::shared_ptr<Stream> legacy_;
    std::set<std::shared_ptr<Stream>> created_;
    std::map<std::thread::id, std::shared_ptr<Stream>> per_thread_;
};

}  // namespace ridgepoint::emulator::driver
