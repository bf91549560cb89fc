#include "harness.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <map>

namespace test {
namespace {

std::map<std::string, std::map<std::string, void (*)()>>& groups() {
    static std::map<std::string, std::map<std::string, void (*)()>> groups;
    return groups;
}

}  // namespace

Test::Test(const char* group, const char* name, void (*body)()) { groups()[group][name] = body; }

int run(const std::string& group) {
    int failed = 0;
    auto found = groups().find(group);
    if (found == groups().end()) {
        std::printf("no tests are called %s\n", group.c_str());
        return 1;
    }
    for (auto& [name, body] : found->second) {
        const char* outcome = "passed";
        std::string reason;
        try {
            body();
        } catch (const Skip& skip) {
            outcome = "skipped";
            reason = skip.what();
        } catch (const std::exception& failure) {
            outcome = "FAILED";
            reason = failure.what();
            failed++;
        }
        std::printf("%s %s %s\n", outcome, name.c_str(), reason.c_str());
        std::fflush(stdout);
    }
    return failed ? 1 : 0;
}

void is_true(bool condition, const char* text, int line) {
    if (!condition) throw Failure("line " + std::to_string(line) + ": not true: " + text);
}

std::string stderr_of(const std::function<void()>& body) {
    std::FILE* file = std::tmpfile();
    std::fflush(stderr);
    int saved = dup(STDERR_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    auto restore = [&] {
        std::fflush(stderr);
        dup2(saved, STDERR_FILENO);
        close(saved);
    };
    try {
        body();
    } catch (...) {
        restore();
        std::fclose(file);
        throw;
    }
    restore();
    std::string text((size_t)std::max(0L, (std::fseek(file, 0, SEEK_END), std::ftell(file))), '\0');
    std::rewind(file);
    text.resize(std::fread(text.data(), 1, text.size(), file));
    std::fclose(file);
    return text;
}

std::string last_report() {
    std::string text(ridgepoint_emulator_last_report(nullptr, 0) + 1, '\0');
    ridgepoint_emulator_last_report(text.data(), text.size());
    text.pop_back();
    return text;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Session::Session() {
    OK(cuInit(0));
    OK(cuCtxCreate_v2(&context_, 0, 0));
}

Session::~Session() { cuCtxDestroy_v2(context_); }

CUfunction load(const void* image, const char* kernel, CUmodule* module) {
    CUmodule loaded = nullptr;
    CUfunction function = nullptr;
    OK(cuModuleLoadData(&loaded, image));
    OK(cuModuleGetFunction(&function, loaded, kernel));
    if (module) *module = loaded;
    return function;
}

CUdeviceptr upload(const std::vector<uint32_t>& values) {
    CUdeviceptr address = 0;
    OK(cuMemAlloc_v2(&address, values.size() * 4));
    OK(cuMemcpyHtoD_v2(address, values.data(), values.size() * 4));
    return address;
}

std::vector<uint32_t> download(CUdeviceptr address, size_t count) {
    std::vector<uint32_t> values(count);
    OK(cuMemcpyDtoH_v2(values.data(), address, count * 4));
    return values;
}

CUresult launch(CUfunction function, unsigned blocks, unsigned threads, std::vector<void*> parameters,
                CUstream stream) {
    return cuLaunchKernel(function, blocks, 1, 1, threads, 1, 1, 0, stream, parameters.data(), nullptr);
}

}  // namespace test

int main(int count, char** arguments) { return test::run(count > 1 ? arguments[1] : ""); }
