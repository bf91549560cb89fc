#include "mutation/stage.h"

#include <cmath>

namespace mutation {
namespace {

constexpr uint32_t PROCESSORS = 132;

bool close(double actual, double expected, double tolerance) {
    if (std::isnan(expected)) return std::isnan(actual);
    return std::fabs(actual - expected) <= tolerance;  // not for NaN
}

}  // namespace

uint64_t Stage::raw(uint64_t bytes, int content) {
    const uint64_t address = device_.allocate(bytes);
    if (bytes != 0) std::memset(device_.host(address), content, bytes);
    return address;
}

void Stage::launch_with(const std::string& kernel, testing::Dim3 grid, testing::Dim3 block, uint32_t shared_bytes,
                        const std::vector<std::vector<std::byte>>& parameters) {
    begin();
    device_.config.dynamic_shared = shared_bytes;
    done(device_.launch_with(kernel, grid, block, parameters));
}

void Stage::begin() {
    // Where blocks run one after the other, one that only spins gets no company, and is called hung at once.
    device_.traits.processors = device_.config.cooperative ? PROCESSORS : 1;
    std::vector<testing::MakeObserver> observers;
    for (const Detector& each : watching_) observers.push_back(each.for_launch());
    device_.observer = testing::all_of(std::move(observers));
    if (device_.config.cooperative) device_.config.grid_workspace = upload(std::vector<std::byte>(testing::GRID_WORKSPACE_BYTES));
}

void Stage::done(const testing::LaunchResult& result) {
    if (result.fault) throw *result.fault;
}

void Stage::expect(uint64_t address, const std::vector<double>& expected, double tolerance) {
    const std::vector<float> actual = download<float>(address, expected.size());
    for (size_t i = 0; i < expected.size(); i++) {
        if (!close(actual[i], expected[i], tolerance)) wrong(i, actual[i], expected[i]);
    }
}

void Stage::wrong(size_t element, double actual, double expected) {
    throw WrongValue("element " + std::to_string(element) + " is " + std::to_string(actual) + ", expected " + std::to_string(expected));
}

}  // namespace mutation
