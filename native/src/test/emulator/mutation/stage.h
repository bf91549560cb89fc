// Where a kernel plays once: memory, launches, and what must have come of them.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "device.h"
#include "mutation/detectors.h"

namespace mutation {

// A result that is not the oracle's.
struct WrongValue : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Each call throws Fault where a kernel was stopped, and WrongValue where its results are wrong.
class Stage {
  public:
    Stage(testing::Device& device, const std::vector<Detector>& watching) : device_(device), watching_(watching) {}

    template <class T>
    uint64_t upload(const std::vector<T>& values) {
        return values.empty() ? device_.allocate(0) : device_.upload(values);
    }
    // Memory that nobody has written: bytes that are no sensible number.
    template <class T>
    uint64_t allocate(size_t count) {
        return raw(count * sizeof(T), UNWRITTEN);
    }
    // Memory that nobody has written either, and that holds this byte.
    uint64_t poisoned(uint64_t bytes, int poison) { return raw(bytes, poison); }
    template <class T>
    std::vector<T> download(uint64_t address, size_t count) {
        return count == 0 ? std::vector<T>() : device_.download<T>(address, count);
    }
    // From now on all blocks of a launch are resident at once, whatever the execution.
    void cooperate() { device_.config.cooperative = true; }

    template <class... P>
    void launch(const std::string& kernel, testing::Dim3 grid, testing::Dim3 block, P... parameters) {
        begin();
        done(device_.launch(kernel, grid, block, parameters...));
    }
    void launch_with(const std::string& kernel, testing::Dim3 grid, testing::Dim3 block, uint32_t shared_bytes,
                     const std::vector<std::vector<std::byte>>& parameters);

    // Floats at the address, within `tolerance` of the oracle's; NaN where it has NaN.
    void expect(uint64_t address, const std::vector<double>& expected, double tolerance);
    template <class T>
    void expect_exactly(uint64_t address, const std::vector<T>& expected) {
        const std::vector<T> actual = download<T>(address, expected.size());
        for (size_t i = 0; i < expected.size(); i++) {
            if (actual[i] != expected[i]) wrong(i, (double)actual[i], (double)expected[i]);
        }
    }

  private:
    static constexpr int UNWRITTEN = 0xcd;
    uint64_t raw(uint64_t bytes, int content);
    void begin();
    void done(const testing::LaunchResult& result);
    [[noreturn]] static void wrong(size_t element, double actual, double expected);

    testing::Device& device_;
    std::vector<Detector> watching_;  // each launch
};

}  // namespace mutation
