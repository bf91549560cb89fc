// A range of memory as a table.
#include <algorithm>
#include <cstring>
#include <vector>

#include "core/memory_map.h"
#include "inspect/inspect.h"
#include "inspect/values.h"

namespace ridgepoint::emulator {
namespace {

// Where a tile lies in this process, or why it cannot be seen.
struct Found {
    const std::byte* bytes = nullptr;
    std::string problem;
};

uint64_t extent(const Tile& tile) { return (tile.rows - 1) * tile.stride + (uint64_t)tile.columns * bytes(tile.type); }

Found in_shared(Cta& cta, const Tile& tile) {
    const uint64_t room = cta.shared_bytes() - RESERVED_SHARED;
    if (tile.place.offset > room || extent(tile) > room - tile.place.offset) {
        return {nullptr, "the block has " + std::to_string(room) + " bytes of shared memory"};
    }
    return {cta.shared() + RESERVED_SHARED + tile.place.offset, ""};
}

Found at_address(const LaunchState& launch, uint64_t address, const Tile& tile) {
    const MemoryRange* range = launch.environment.memory->find(address);
    if (range == nullptr || range->host == nullptr) return {nullptr, "nothing is allocated at " + value_text(Type::B64, address)};
    const uint64_t offset = address - range->address;
    if (extent(tile) > range->size - offset) {
        return {nullptr, range->name + " has " + std::to_string(range->size - offset) + " bytes from there"};
    }
    return {range->host + offset, ""};
}

Found behind_parameter(const LaunchState& launch, const Tile& tile) {
    const auto& parameters = launch.kernel.parameters;
    const uint32_t index = tile.place.parameter;
    if (index >= parameters.size()) return {nullptr, "the kernel has " + std::to_string(parameters.size()) + " parameters"};
    if (parameters[index].size != sizeof(uint64_t)) return {nullptr, "parameter " + std::to_string(index) + " is no pointer"};
    uint64_t address;
    std::memcpy(&address, launch.config.parameters.data() + parameters[index].offset, sizeof address);
    return at_address(launch, address + tile.place.offset, tile);
}

Found in_variable(const LaunchState& launch, const Tile& tile) {
    const int index = launch.program.module().variable(tile.place.variable);
    if (index < 0) return {nullptr, "the module has no variable " + tile.place.variable};
    return at_address(launch, launch.program.address((size_t)index) + tile.place.offset, tile);
}

std::string text(const Place& place) {
    switch (place.kind) {
        case Place::Kind::Shared: return "shared+" + std::to_string(place.offset);
        case Place::Kind::Address: return value_text(Type::B64, place.offset);
        case Place::Kind::Parameter: return "param" + std::to_string(place.parameter) + "+" + std::to_string(place.offset);
        case Place::Kind::Variable: return place.variable + "+" + std::to_string(place.offset);
    }
    return {};
}

std::string table(const Tile& tile, const std::byte* first) {
    std::vector<std::string> cells;
    size_t width = 0;
    for (uint32_t row = 0; row < tile.rows; row++) {
        for (uint32_t column = 0; column < tile.columns; column++) {
            uint64_t value = 0;
            std::memcpy(&value, first + row * tile.stride + (uint64_t)column * bytes(tile.type), bytes(tile.type));
            cells.push_back(value_text(tile.type, value));
            width = std::max(width, cells.back().size());
        }
    }
    const size_t numbers = std::to_string(tile.rows - 1).size();
    std::string lines;
    for (size_t i = 0; i < cells.size(); i++) {
        if (i % tile.columns == 0) {
            const std::string row = std::to_string(i / tile.columns);
            lines += "  [" + std::string(numbers - row.size(), ' ') + row + "]";
        }
        lines += std::string(width + 1 - cells[i].size(), ' ') + cells[i];
        if ((i + 1) % tile.columns == 0) lines += "\n";
    }
    return lines;
}

class Dump : public Stepper {
  public:
    Dump(const Watched& watched, std::optional<Arrival> arrival, const Tile& tile, Show show)
        : watched_(watched), arrival_(arrival), arrivals_(watched, arrival.value_or(Arrival{0})), tile_(tile), show_(std::move(show)) {
        if (tile_.stride == 0) tile_.stride = (uint64_t)tile_.columns * bytes(tile_.type);
    }

    void before(Warp& warp, LaneMask) override {
        if (!arrival_ || !arrivals_.now(warp)) return;
        const std::string when = text(watched_) + ", at line " + std::to_string(arrival_->line);
        show_tile(warp.cta().launch(), shared() ? in_shared(warp.cta(), tile_) : outside(warp.cta().launch()), when);
    }

    void cta_ends(Cta& cta) override {
        if (!arrival_ && shared() && is_block(watched_, cta)) {
            show_tile(cta.launch(), in_shared(cta, tile_), "end of block " + text(watched_.block));
        }
    }

    void launch_ends(const LaunchState& launch) override {
        if (!arrival_ && !shared()) {
            show_tile(launch, outside(launch), "end of launch");
        } else if (!shown_) {
            const std::string missed = arrival_ ? arrivals_.missed(launch) : launch.kernel.name + ": block " + text(watched_.block) + " did not end\n";
            show_("no dump of " + text(tile_.place) + ": " + missed);
        }
    }

  private:
    bool shared() const { return tile_.place.kind == Place::Kind::Shared; }

    Found outside(const LaunchState& launch) const {
        if (tile_.place.kind == Place::Kind::Parameter) return behind_parameter(launch, tile_);
        if (tile_.place.kind == Place::Kind::Variable) return in_variable(launch, tile_);
        return at_address(launch, tile_.place.offset, tile_);
    }

    void show_tile(const LaunchState& launch, const Found& found, const std::string& when) {
        shown_ = true;
        const std::string head = "dump of " + text(tile_.place) + " in " + launch.kernel.name + ", " + when + ": ";
        if (found.bytes == nullptr) return show_(head + found.problem + "\n");
        show_(head + std::to_string(tile_.rows) + " x " + std::to_string(tile_.columns) + " of " + name(tile_.type) + ", " +
              std::to_string(tile_.stride) + " bytes from row to row\n" + table(tile_, found.bytes));
    }

    const Watched watched_;
    const std::optional<Arrival> arrival_;
    Arrivals arrivals_;
    Tile tile_;
    const Show show_;
    bool shown_ = false;
};

}  // namespace

std::shared_ptr<Stepper> make_dump(const Watched& watched, std::optional<Arrival> arrival, const Tile& tile, Show show) {
    return std::make_shared<Dump>(watched, arrival, tile, std::move(show));
}

}  // namespace ridgepoint::emulator
