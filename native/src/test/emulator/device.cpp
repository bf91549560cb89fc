#include "device.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace testing {
namespace {

constexpr uint64_t GAP = 4096;

uint64_t aligned(uint64_t value, uint64_t to) { return (value + to - 1) / to * to; }

}  // namespace

Device::Device() {
    traits.architecture = 90;
}

uint64_t Device::allocate(uint64_t bytes, const std::string& name) {
    Held held;
    held.bytes = std::make_unique<std::byte[]>(bytes + 256);
    held.range.address = next_;
    held.range.size = bytes;
    held.range.host = held.bytes.get() + (256 - (uint64_t)held.bytes.get() % 256) % 256;
    held.range.name = name.empty() ? "allocation " + std::to_string(held_.size()) : name;
    next_ = aligned(next_ + bytes, 256) + GAP;
    if (tracks_writes) {
        held.written.resize(bytes / 8 + 1);
        held.range.written = held.written.data();
    }
    held_.push_back(std::move(held));
    return held_.back().range.address;
}

std::byte* Device::host(uint64_t address) {
    for (Held& held : held_) {
        if (address - held.range.address < held.range.size) return held.range.host + (address - held.range.address);
    }
    throw std::invalid_argument("no such allocation");
}

void Device::free(uint64_t address) {
    for (Held& held : held_) {
        if (held.range.address == address) held.range.state = RangeState::Freed;
    }
}

void Device::give_heap(uint64_t bytes) {
    heap_ = std::make_shared<Heap>(allocate(bytes, "heap"), bytes);
    held_.back().range.heap = heap_.get();
}

void Device::mark_written(uint64_t address) {
    for (Held& held : held_) {
        if (held.range.address == address) std::fill(held.written.begin(), held.written.end(), (uint8_t)0xff);
    }
}

void Device::load(const std::string& ptx) {
    LoadOptions options;
    options.architecture = traits.architecture;
    load(Module::load(ptx, options));
}

void Device::load(std::shared_ptr<const Module> module) {
    std::vector<uint64_t> addresses;
    for (const Variable& variable : module->variables()) addresses.push_back(allocate(variable.size, "variable " + variable.name));
    programs_.push_back(Program::bind(module, addresses));
    for (size_t i = 0; i < addresses.size(); i++) {
        const auto& initial = programs_.back()->initial_bytes(i);
        if (!initial.empty()) std::memcpy(host(addresses[i]), initial.data(), initial.size());
        mark_written(addresses[i]);
    }
}

uint64_t Device::variable(const std::string& name) const {
    const int index = module().variable(name);
    if (index < 0) throw std::invalid_argument("no variable " + name);
    return programs_.back()->address((size_t)index);
}

LaunchResult Device::launch_with(const std::string& name, Dim3 grid, Dim3 block,
                                 const std::vector<std::vector<std::byte>>& values) {
    const auto holder = std::find_if(programs_.rbegin(), programs_.rend(), [&](const auto& program) { return program->module().kernel(name) != nullptr; });
    if (holder == programs_.rend()) throw std::invalid_argument("no kernel " + name);
    const Kernel* kernel = (*holder)->module().kernel(name);
    if (values.size() != kernel->parameters.size()) throw std::invalid_argument("wrong number of parameters");
    LaunchConfig launching = config;
    launching.grid = grid;
    launching.block = block;
    launching.parameters.resize(kernel->parameter_bytes);
    for (size_t i = 0; i < values.size(); i++) {
        if (values[i].size() != kernel->parameters[i].size) throw std::invalid_argument("parameter " + std::to_string(i) + " has another size");
        std::memcpy(launching.parameters.data() + kernel->parameters[i].offset, values[i].data(), values[i].size());
    }
    std::vector<MemoryRange> ranges;
    for (const Held& held : held_) {
        if (held.range.size != 0) ranges.push_back(held.range);
    }
    Environment environment;
    environment.memory = std::make_shared<const MemoryMap>(ranges);
    environment.heap = heap_;
    environment.device = traits;
    environment.execution = execution;
    environment.observer = observer;
    environment.steppers = steppers;
    environment.print = [this](std::string_view text) { printed += text; };
    return ridgepoint::emulator::launch(**holder, *kernel, launching, environment);
}

std::string read_text(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::invalid_argument("cannot read " + path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<Completion> completions_for(const std::string& ptx) {
    return ptx.find(".async") == std::string::npos ? std::vector<Completion>{Completion::Eager} : COMPLETIONS;
}

std::string kernel_around(const std::string& body, const std::string& declarations) {
    return R"(.version 9.0
.target sm_90a
.address_size 64
)" + declarations + R"(
.visible .entry k(.param .u64 in, .param .u64 out)
{
    .reg .pred %p<32>;
    .reg .b16 %rs<64>;
    .reg .b32 %r<64>;
    .reg .f32 %f<64>;
    .reg .b64 %rd<64>;
    .reg .f64 %fd<64>;
    ld.param.u64 %rd60, [in];
    ld.param.u64 %rd61, [out];
    mov.u32 %r60, %tid.x;
    mov.u32 %r61, %ctaid.x;
    mov.u32 %r62, %ntid.x;
    mad.lo.u32 %r63, %r61, %r62, %r60;
)" + body + R"(
    ret;
}
)";
}

}  // namespace testing
