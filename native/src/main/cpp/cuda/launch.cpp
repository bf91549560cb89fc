// Launches put together once and repeated without allocating.
#include <chrono>

#include "driver_api.h"
#include "ridgepoint_cuda.h"

namespace ridgepoint::cuda {

struct Launch {
    LaunchConfig config{};
    LaunchAttribute attributes[2]{};
    Function function = nullptr;
    void** parameters = nullptr;
};

namespace {

// Runs a call over and over and returns the nanoseconds all of it took, or the negated result of the first that fails.
template <typename Call> int64_t time_calls(int64_t times, Call call_once) {
    auto begin = std::chrono::steady_clock::now();
    for (int64_t i = 0; i < times; i++) {
        Result result = call_once();
        if (result != kSuccess) {
            return -result;
        }
    }
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - begin).count();
}

LaunchAttribute& add(Launch& launch, int id) {
    LaunchAttribute& attribute = launch.attributes[launch.config.attribute_count++];
    attribute.id = id;
    return attribute;
}

}  // namespace

Launch* launch_prepare(int64_t function, const int* extents, int shared_bytes, bool cooperative, int64_t stream,
                       int64_t parameters) {
    auto* launch = new Launch;
    launch->function = handle<Function>(function);
    launch->parameters = handle<void**>(parameters);
    for (int i = 0; i < 3; i++) {
        launch->config.grid[i] = static_cast<unsigned>(extents[i]);
        launch->config.block[i] = static_cast<unsigned>(extents[3 + i]);
    }
    launch->config.shared_bytes = static_cast<unsigned>(shared_bytes);
    launch->config.stream = handle<Stream>(stream);
    launch->config.attributes = launch->attributes;
    if (cooperative) {
        add(*launch, LaunchAttribute::kCooperative).value.flag = 1;
    }
    if (extents[6] * extents[7] * extents[8] > 1) {
        LaunchAttribute& attribute = add(*launch, LaunchAttribute::kClusterDimension);
        for (int i = 0; i < 3; i++) {
            attribute.value.cluster[i] = static_cast<unsigned>(extents[6 + i]);
        }
    }
    return launch;
}

int launch(const Launch* launch) {
    const LaunchConfig& c = launch->config;
    if (c.attribute_count > 0) {
        return call(driver().launch_ex, &c, launch->function, launch->parameters, static_cast<void**>(nullptr));
    }
    return call(driver().launch, launch->function, c.grid[0], c.grid[1], c.grid[2], c.block[0], c.block[1], c.block[2],
                c.shared_bytes, c.stream, launch->parameters, static_cast<void**>(nullptr));
}

void launch_destroy(Launch* launch) { delete launch; }

int64_t time_launches(const Launch* launch, int64_t times, bool synchronize) {
    // The bare call: what is compared with holds no look-up and no branch of ours.
    const LaunchConfig& c = launch->config;
    auto* bare = driver().launch;
    auto* wait = driver().stream_synchronize;
    auto once = [&] {
        return bare(launch->function, c.grid[0], c.grid[1], c.grid[2], c.block[0], c.block[1], c.block[2],
                    c.shared_bytes, c.stream, launch->parameters, nullptr);
    };
    if (bare == nullptr || wait == nullptr) {
        return -kNotFound;
    }
    if (!synchronize) {
        return time_calls(times, once);
    }
    return time_calls(times, [&] {
        Result result = once();
        return result == kSuccess ? wait(c.stream) : result;
    });
}

int64_t time_graph_launches(int64_t graph, int64_t stream, int64_t times) {
    auto* bare = driver().graph_launch;
    if (bare == nullptr) {
        return -kNotFound;
    }
    return time_calls(times, [&] { return bare(handle<GraphExec>(graph), handle<Stream>(stream)); });
}

}  // namespace ridgepoint::cuda
