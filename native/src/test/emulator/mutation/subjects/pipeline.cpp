// Producers and consumers over mbarriers, and copies as the CUDA library writes them.
#include "mutation/inputs.h"
#include "mutation/subjects.h"

namespace mutation {
namespace {

// Seven chunks: loops over them are unrolled twice and four times.
Subject pipeline() {
    const size_t blocks = 2, chunks = 7, chunk = 256, floats = blocks * chunks * chunk;
    std::vector<float> in;
    for (size_t i = 0; i < floats; i++) in.push_back((float)(i % 101) - 50);
    std::vector<double> expected;
    for (size_t i = 0; i < floats; i++) {
        double sum = 0;
        for (size_t j = i / chunk * chunk; j < (i / chunk + 1) * chunk; j++) sum += in[j];
        expected.push_back(2.0 * in[i] + sum);
    }
    return {"pipeline", "pipeline.90a", 90, [=](Stage& stage) {
                const uint64_t out = stage.allocate<float>(floats);
                stage.launch("pipeline", {(uint32_t)blocks, 1, 1}, {160, 1, 1}, stage.upload(in), out, 2.0f, (int)chunks);
                stage.expect(out, expected, 0);
            }};
}

std::vector<float> counting(size_t n) {
    std::vector<float> values;
    for (size_t i = 0; i < n; i++) values.push_back((float)i);
    return values;
}

// Each chunk back to front.
std::vector<float> reversed(const std::vector<float>& in, size_t chunk) {
    std::vector<float> out;
    for (size_t i = 0; i < in.size(); i++) out.push_back(in[i / chunk * chunk + chunk - 1 - i % chunk]);
    return out;
}

Subject copy_and_reverse() {
    const auto in = counting(512), expected = reversed(in, 512);
    return {"copy_and_reverse", "pipeline.90a", 90, [=](Stage& stage) {
                const uint64_t out = stage.allocate<float>(in.size());
                stage.launch("copy_and_reverse", {1, 1, 1}, {128, 1, 1}, stage.upload(in), out);
                stage.expect_exactly(out, expected);
            }};
}

Subject by_library(const std::string& kernel) {
    const auto in = counting(768), expected = reversed(in, 256);
    return {kernel, "library_copies.80", 80, [=](Stage& stage) {
                const uint64_t out = stage.allocate<float>(in.size());
                stage.launch(kernel, {1, 1, 1}, {256, 1, 1}, stage.upload(in), out, (int)in.size());
                stage.expect_exactly(out, expected);
            }};
}

}  // namespace

std::vector<Subject> pipeline_subjects() {
    return {pipeline(), copy_and_reverse(), by_library("reverse_by_barrier"), by_library("reverse_by_group")};
}

}  // namespace mutation
