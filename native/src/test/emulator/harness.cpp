#include "harness.h"

#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <vector>

namespace harness {
namespace {

struct Entry {
    std::string unit;  // its file, without folder and ending
    const char* name;
    void (*body)();
};

std::vector<Entry>& tests() {
    static std::vector<Entry> all;
    return all;
}

constexpr int MOST_REPORTS = 10;  // a test that fails everywhere need not say so a million times
int failures = 0;

bool wanted(const Entry& test, int argc, char** argv) {
    if (argc < 2) return true;
    for (int i = 1; i < argc; i++) {
        if (test.unit == argv[i] || std::strstr(test.name, argv[i]) != nullptr) return true;
    }
    return false;
}

}  // namespace

Test::Test(const char* file, const char* name, void (*body)()) { tests().push_back({std::filesystem::path(file).stem(), name, body}); }

void report(const char* file, int line, const std::string& what) {
    failures++;
    if (failures <= MOST_REPORTS) std::printf("    %s:%d: %s\n", file, line, what.c_str());
    if (failures == MOST_REPORTS + 1) std::printf("    ... further failures of this test are only counted\n");
}

int run(int argc, char** argv) {
    int failed = 0, ran = 0;
    for (const Entry& test : tests()) {
        if (!wanted(test, argc, argv)) continue;
        failures = 0;
        try {
            test.body();
        } catch (const std::exception& error) {
            report("exception", 0, error.what());
        }
        std::printf("%s %s%s\n", failures == 0 ? "ok    " : "FAILED", test.name,
                    failures == 0 ? "" : (" (" + std::to_string(failures) + " failures)").c_str());
        ran++;
        failed += failures != 0;
    }
    std::printf("%d tests, %d failed\n", ran, failed);
    return ran == 0 ? 2 : failed;
}

}  // namespace harness

int main(int argc, char** argv) { return harness::run(argc, argv) == 0 ? 0 : 1; }
