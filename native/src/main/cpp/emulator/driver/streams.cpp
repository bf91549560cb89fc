#include "driver/streams.h"

#include "driver/capture.h"
#include "driver/context.h"
#include "driver/launches.h"

namespace ridgepoint::emulator::driver {
namespace {

void add_pending(Completions& to, const std::shared_ptr<Completion>& completion) {
    if (completion && !completion->done()) to.push_back(completion);
}

}  // namespace

Streams::Streams(Context& context) : context_(context), legacy_(std::make_shared<Stream>(context, 0, 0)) {}

std::shared_ptr<Stream> Streams::create(unsigned flags, int priority) {
    auto stream = std::make_shared<Stream>(context_, flags, priority);
    std::lock_guard lock(mutex_);
    created_.insert(stream);
    return stream;
}

void Streams::destroy(const std::shared_ptr<Stream>& stream) {
    wait(*stream);
    stream->close();
    std::lock_guard lock(mutex_);
    created_.erase(stream);
}

std::shared_ptr<Stream> Streams::per_thread() {
    std::lock_guard lock(mutex_);
    std::shared_ptr<Stream>& stream = per_thread_[std::this_thread::get_id()];
    if (!stream) stream = std::make_shared<Stream>(context_, 0, 0);
    return stream;
}

std::vector<std::shared_ptr<Stream>> Streams::blocking() const {
    std::vector<std::shared_ptr<Stream>> blocking;
    std::lock_guard lock(mutex_);
    for (auto& stream : created_) {
        if (stream->blocking()) blocking.push_back(stream);
    }
    for (auto& [thread, stream] : per_thread_) blocking.push_back(stream);
    return blocking;
}

Completions Streams::before_legacy() const {
    Completions before;
    add_pending(before, legacy_->last);
    for (auto& stream : created_) {
        if (stream->blocking()) add_pending(before, stream->last);
    }
    for (auto& [thread, stream] : per_thread_) add_pending(before, stream->last);
    return before;
}

std::shared_ptr<Completion> Streams::submit(const std::shared_ptr<Stream>& stream,
                                            std::shared_ptr<const Operation> operation, Completions after) {
    if (stream->capturing.load(std::memory_order_acquire)) {
        capture_operation(*stream, std::move(operation));
        return nullptr;
    }
    if (stream == legacy_) refuse_implicit_capture(context_);
    return enqueue(*stream, std::move(operation), std::move(after));
}

std::shared_ptr<Completion> Streams::enqueue(Stream& stream, std::shared_ptr<const Operation> operation,
                                             Completions after) {
    auto done = std::make_shared<Completion>();
    std::lock_guard lock(mutex_);
    if (&stream == legacy_.get()) {
        Completions before = before_legacy();
        after.insert(after.end(), before.begin(), before.end());
    } else if (stream.blocking()) {
        add_pending(after, legacy_->last);
    }
    uint64_t first_launch = operation->launches() ? Launches::instance().number(operation->launches()) : 0;
    stream.last = done;
    stream.push(Work{std::move(operation), std::move(after), done, first_launch});
    return done;
}

void Streams::run_now(const Operation& operation) {
    refuse_implicit_capture(context_);
    Completions before;
    {
        std::lock_guard lock(mutex_);
        before = before_legacy();
    }
    for (auto& completion : before) completion->wait();
    context_.require_health();
    Turn turn{context_, 0};
    operation.run(turn);
    context_.require_health();
}

void Streams::wait(const Stream& stream) {
    Completions before;
    {
        std::lock_guard lock(mutex_);
        if (&stream == legacy_.get()) {
            before = before_legacy();
        } else {
            add_pending(before, stream.last);
        }
    }
    for (auto& completion : before) completion->wait();
}

bool Streams::idle(const Stream& stream) {
    std::lock_guard lock(mutex_);
    if (&stream == legacy_.get()) return before_legacy().empty();
    return !stream.last || stream.last->done();
}

void Streams::wait_all() {
    Completions pending;
    {
        std::lock_guard lock(mutex_);
        pending = before_legacy();
        for (auto& stream : created_) add_pending(pending, stream->last);
    }
    for (auto& completion : pending) completion->wait();
}

void Streams::close() {
    wait_all();
    std::vector<std::shared_ptr<Stream>> all{legacy_};
    {
        std::lock_guard lock(mutex_);
        all.insert(all.end(), created_.begin(), created_.end());
        for (auto& [thread, stream] : per_thread_) all.push_back(stream);
    }
    for (auto& stream : all) stream->close();
}

size_t Streams::created() const {
    std::lock_guard lock(mutex_);
    return created_.size();
}

}  // namespace ridgepoint::emulator::driver
