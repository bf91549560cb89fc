#include "driver/stream.h"

#include <exception>

#include "driver/context.h"

namespace ridgepoint::emulator::driver {
namespace {

uint64_t next_stream_id() {
    static std::atomic<uint64_t> last{0};
    return ++last;
}

}  // namespace

Stream::Stream(Context& context, unsigned flags, int priority)
    : context_(context), flags_(flags), priority_(priority), id_(next_stream_id()) {}

Stream::~Stream() { close(); }

void Stream::push(Work work) {
    std::lock_guard lock(mutex_);
    if (closing_) {
        work.done->complete();
        return;
    }
    queue_.push_back(std::move(work));
    if (!thread_.joinable()) thread_ = std::thread([this] { loop(); });
    changed_.notify_one();
}

void Stream::close() {
    std::thread ending;
    {
        std::lock_guard lock(mutex_);
        closing_ = true;
        changed_.notify_one();
        ending.swap(thread_);
    }
    if (ending.joinable()) ending.join();
}

void Stream::loop() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return closing_ || !queue_.empty(); });
        if (queue_.empty()) return;
        Work work = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        perform(work);
        lock.lock();
    }
}

void Stream::perform(const Work& work) {
    for (auto& before : work.after) before->wait();
    try {
        Turn turn{context_, work.first_launch};
        if (context_.health() == CUDA_SUCCESS || work.operation->runs_after_fault()) work.operation->run(turn);
    } catch (const DriverError& error) {
        context_.fail(error.result(), error.reason());
    } catch (const std::exception& error) {
        context_.fail(CUDA_ERROR_UNKNOWN, std::string("error inside the emulated driver: ") + error.what());
    }
    work.done->complete();
}

}  // namespace ridgepoint::emulator::driver
