// A test is a function; a group of them is a process of its own, as the driver is initialised once.
#pragma once

#include <cstdint>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "driver_api.h"

namespace test {

struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A reason for which a test says nothing here.
struct Skip : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Test {
    Test(const char* group, const char* name, void (*body)());
};

// Runs the tests of a group in the order of their names; the exit status of the process.
int run(const std::string& group);

template <class A, class B>
void equal(const A& expected, const B& actual, const char* text, int line) {
    if (expected == actual) return;
    std::ostringstream message;
    message << "line " << line << ": " << text << ": expected " << expected << ", got " << actual;
    throw Failure(message.str());
}

void is_true(bool condition, const char* text, int line);

// What is written to stderr while `body` runs.
std::string stderr_of(const std::function<void()>& body);

std::string last_report();

bool contains(const std::string& text, const std::string& part);

// cuInit, and a context that is destroyed at the end.
class Session {
  public:
    Session();
    ~Session();
    Session(const Session&) = delete;
    CUcontext context() const { return context_; }

  private:
    CUcontext context_ = nullptr;
};

// A module from PTX or a fatbin, and a kernel of it.
CUfunction load(const void* image, const char* kernel, CUmodule* module = nullptr);

// Device memory with a copy of the values; freed by the caller.
CUdeviceptr upload(const std::vector<uint32_t>& values);
std::vector<uint32_t> download(CUdeviceptr address, size_t count);

// One-dimensional launch without dynamic shared memory.
CUresult launch(CUfunction function, unsigned blocks, unsigned threads, std::vector<void*> parameters,
                CUstream stream = nullptr);

}  // namespace test

#define TEST(group, name)                                   \
    static void name();                                     \
    static const test::Test test_##name(group, #name, name); \
    static void name()
#define EQUAL(expected, actual) test::equal(expected, actual, #actual, __LINE__)
#define OK(call) test::equal((int)CUDA_SUCCESS, (int)(call), #call, __LINE__)
#define FAILS(result, call) test::equal((int)(result), (int)(call), #call, __LINE__)
#define TRUE(condition) test::is_true(condition, #condition, __LINE__)
