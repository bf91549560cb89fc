#include "ridgepoint_emulator.h"

#include <cstddef>
#include <string>

#include "library.h"

namespace ridgepoint::cuda {
namespace {

struct Emulator {
    Library library;
    int (*version)();
    int (*set)(const char*, const char*);
    size_t (*report)(char*, size_t);
    uint64_t (*launches)();
    size_t (*counters)(uint64_t, char*, size_t);
    std::string refusal;
};

Emulator& emulator() {
    static Emulator library{};
    return library;
}

void find_all(Emulator& e) {
    e.library.find(e.version, "ridgepoint_emulator_version");
    e.library.find(e.set, "ridgepoint_emulator_set");
    e.library.find(e.report, "ridgepoint_emulator_last_report");
    e.library.find(e.launches, "ridgepoint_emulator_counters_launches");
    e.library.find(e.counters, "ridgepoint_emulator_counters_json");
}

// The text a function writes; it tells the whole length first.
template <typename Write> const char* text(Write write) {
    static thread_local std::string answer;
    answer.assign(write(nullptr, 0) + 1, '\0');
    write(answer.data(), answer.size());
    return answer.c_str();
}

}  // namespace

const char* open_emulator(const char* path) {
    Emulator& e = emulator();
    if (!e.library.is_open()) {
        if (!e.library.open(path)) {
            return e.library.error().c_str();
        }
        find_all(e);
    }
    if (e.library.missing().empty()) {
        return nullptr;
    }
    e.refusal = e.library.name() + " is no emulated driver: it lacks " + e.library.missing();
    return e.refusal.c_str();
}

int emulator_set(const char* option, const char* value) { return emulator().set(option, value); }

const char* emulator_report() {
    return text([](char* to, size_t size) { return emulator().report(to, size); });
}

int64_t emulator_launches() { return static_cast<int64_t>(emulator().launches()); }

const char* emulator_counters(int64_t launch) {
    return text([launch](char* to, size_t size) {
        return emulator().counters(static_cast<uint64_t>(launch), to, size);
    });
}

}  // namespace ridgepoint::cuda
