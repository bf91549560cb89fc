// Traces, stops and dumps as a program asks for them, by ridgepoint_emulator_set.
#include "harness.h"
#include "kernels.h"

namespace {

// An option for as long as this lives.
class Set {
  public:
    Set(const char* name, const std::string& value) : name_(name) { OK(ridgepoint_emulator_set(name, value.c_str())); }
    ~Set() { ridgepoint_emulator_set(name_, "off"); }
    Set(const Set&) = delete;

  private:
    const char* const name_;
};

// Adds the numbers below 64 to as many threes, by two blocks; answers what synchronising did.
struct Addition {
    test::Session session;
    CUfunction add = test::load(kernels::ADD, "add");
    CUdeviceptr to = 0, a = 0, b = test::upload(std::vector<uint32_t>(64, 3));
    uint32_t n = 64;

    Addition() {
        std::vector<uint32_t> numbers(64);
        for (uint32_t i = 0; i < 64; i++) numbers[i] = i;
        a = test::upload(numbers);
        to = test::upload(std::vector<uint32_t>(64, 0));
    }
    ~Addition() {
        for (CUdeviceptr each : {to, a, b}) cuMemFree_v2(each);
    }
    CUresult run() {
        OK(test::launch(add, 2, 32, {&to, &a, &b, &n}));
        return cuCtxSynchronize();
    }
};

TEST("debugging", a_trace_goes_to_stderr) {
    Addition addition;
    Set trace("trace", "kernel=ad block=1 lanes=0,31");
    const std::string said = test::stderr_of([&] { OK(addition.run()); });
    TRUE(test::contains(said, "trace of add, block (1, 0, 0), warp 0\n"));
    TRUE(test::contains(said, "add.s32 %r8, %r6, %r7;"));
    TRUE(test::contains(said, "%r8 = 35 66\n"));
    EQUAL(35u, test::download(addition.to, 64)[32]);
}

TEST("debugging", other_kernels_and_other_launches_are_left_alone) {
    Addition addition;
    ridgepoint_emulator_counters_reset();
    {
        Set trace("trace", "kernel=multiply");
        EQUAL(std::string(), test::stderr_of([&] { OK(addition.run()); }));
    }
    Set trace("trace", "launch=2");
    EQUAL(std::string(), test::stderr_of([&] { OK(addition.run()); }));
    TRUE(test::contains(test::stderr_of([&] { OK(addition.run()); }), "trace of add"));
}

TEST("debugging", a_stop_is_a_fault_with_registers) {
    Addition addition;
    Set stop("stop", "line=28 block=1");
    const std::string said = test::stderr_of([&] { FAILS(CUDA_ERROR_LAUNCH_FAILED, addition.run()); });
    for (const std::string& text : {said, test::last_report()}) {
        TRUE(test::contains(text, "stopped here, as asked"));
        TRUE(test::contains(text, "PTX line 28: st.global.u32 [%rd7], %r8;"));
        TRUE(test::contains(text, "    %r8 = 35 36 37 38\n"));
    }
    FAILS(CUDA_ERROR_LAUNCH_FAILED, cuMemFree_v2(addition.to));
}

TEST("debugging", a_dump_is_the_last_report) {
    Addition addition;
    Set dump("dump", "at=param0+8 size=2x4 type=u32");
    OK(addition.run());
    TRUE(test::contains(test::last_report(), "dump of param0+8 in add, end of launch: 2 x 4 of u32"));
    TRUE(test::contains(test::last_report(), "  [0]  5  6  7  8\n  [1]  9 10 11 12\n"));
}

TEST("debugging", what_is_asked_for_wrongly_is_named) {
    auto wrong = [](const char* name, const char* value, const std::string& reason) {
        std::string said = test::stderr_of([&] { FAILS(CUDA_ERROR_INVALID_VALUE, ridgepoint_emulator_set(name, value)); });
        if (!test::contains(said, reason)) throw test::Failure(said + "does not contain " + reason);
    };
    wrong("trace", "warp", "'warp' is not of the form name=value");
    wrong("trace", "warp=32", "warp = 32: expected a whole number up to 31");
    wrong("trace", "warp=1 warp=2", "warp is there twice");
    wrong("trace", "line=4", "there is no line");
    wrong("trace", "lanes=9-3", "lanes = 9-3: expected such as 0-3,16");
    wrong("trace", "block=1,2,3,4", "expected x,y,z");
    wrong("trace", "kernel=", "kernel has no value");
    wrong("stop", "warp=1", "line is needed");
    wrong("stop", "line=4 hit=0", "hits are counted from 1");
    wrong("dump", "size=4x4", "at is needed");
    wrong("dump", "at=shared", "size is needed");
    wrong("dump", "at=shared size=4x4 type=pred", "type = pred: expected such as");
    wrong("dump", "at=shared size=0x4", "there is nothing in it");
    wrong("dump", "at=shared size=4x4 hit=2", "hit needs a line");
    wrong("dump", "at=shared+-4 size=4x4", "at = -4: expected a whole number");
}

}  // namespace
