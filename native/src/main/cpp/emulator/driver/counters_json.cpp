#include "driver/counters_json.h"

#include <cstdio>

namespace ridgepoint::emulator::driver {
namespace {

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') {
            (out += '\\') += c;
        } else if ((unsigned char)c < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", c);
            out += escape;
        } else {
            out += c;
        }
    }
    return out + "\"";
}

// Writes one object, member by member.
class Object {
  public:
    Object& raw(std::string_view name, const std::string& json) {
        text_ += (text_.size() > 1 ? "," : "") + quoted(name) + ":" + json;
        return *this;
    }
    Object& number(std::string_view name, uint64_t value) { return raw(name, std::to_string(value)); }
    Object& text(std::string_view name, std::string_view value) { return raw(name, quoted(value)); }
    std::string end() const { return text_ + "}"; }

  private:
    std::string text_ = "{";
};

std::string json(const Dim3& dim) {
    return "[" + std::to_string(dim.x) + "," + std::to_string(dim.y) + "," + std::to_string(dim.z) + "]";
}

std::string json(const Executed& executed) {
    return Object().number("warps", executed.warps).number("lanes", executed.lanes).end();
}

std::string json(const GlobalTraffic& traffic) {
    return Object()
        .number("requests", traffic.requests)
        .number("bytes", traffic.bytes)
        .number("sectors", traffic.sectors)
        .number("uniqueSectors", traffic.unique_sectors)
        .end();
}

std::string json(const SharedTraffic& traffic) {
    return Object()
        .number("requests", traffic.requests)
        .number("wavefronts", traffic.wavefronts)
        .number("idealWavefronts", traffic.ideal_wavefronts)
        .end();
}

std::string instructions(const Counters& counters) {
    Object object;
    for (size_t i = 0; i < INSTRUCTION_CLASSES; i++) {
        if (counters.instructions[i].warps) object.raw(name((InstructionClass)i), json(counters.instructions[i]));
    }
    return object.end();
}

std::string named(const Counters& counters) {
    Object object;
    for (auto& [key, value] : counters.named) object.number(key, value);
    return object.end();
}

}  // namespace

std::string counters_json(uint64_t launch, const Kernel& kernel, const LaunchConfig& config,
                          const LaunchResult& result) {
    const Counters& counters = result.counters;
    Object object;
    object.text("level", "ptx").number("launch", launch).text("kernel", kernel.name);
    object.raw("grid", json(config.grid)).raw("block", json(config.block));
    object.raw("fault", result.fault ? quoted(name(result.fault->kind)) : "null");
    object.number("ctas", counters.ctas).number("warps", counters.warps);
    object.number("warpInstructions", counters.warp_instructions()).raw("instructions", instructions(counters));
    object.raw("globalLoads", json(counters.global_loads)).raw("globalStores", json(counters.global_stores));
    object.raw("sharedLoads", json(counters.shared_loads)).raw("sharedStores", json(counters.shared_stores));
    object.number("atomicsGlobal", counters.atomics_global).number("atomicsShared", counters.atomics_shared);
    object.number("barriers", counters.barriers);
    object.number("divergentBranches", counters.divergent_branches);
    object.number("asyncBytes", counters.async_bytes).raw("named", named(counters));
    return object.end();
}

}  // namespace ridgepoint::emulator::driver
