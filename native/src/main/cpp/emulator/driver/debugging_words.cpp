// Reads the words of debugging options.
#include <charconv>
#include <map>
#include <sstream>

#include "driver/debugging.h"
#include "driver/errors.h"

namespace ridgepoint::emulator::driver {
namespace {

constexpr uint64_t MOST_CELLS = 4096;  // of a tile, in each direction
constexpr uint64_t LARGEST_STRIDE = 1ull << 32;
constexpr uint64_t LAST_LANE = 31;
constexpr uint64_t LAST_WARP = 31;  // of a block

// The words of one option, taken one by one; what nobody takes is refused.
class Words {
  public:
    Words(const std::string& option, const std::string& value) : option_(option), value_(value) {
        std::istringstream stream(value);
        for (std::string word; stream >> word;) {
            const size_t equals = word.find('=');
            if (equals == std::string::npos) refuse("'" + word + "' is not of the form name=value");
            if (!words_.emplace(word.substr(0, equals), word.substr(equals + 1)).second) {
                refuse(word.substr(0, equals) + " is there twice");
            }
        }
    }

    // Empty if it is not there.
    std::string take(const std::string& name) {
        const auto found = words_.find(name);
        if (found == words_.end()) return {};
        const std::string value = found->second;
        words_.erase(found);
        if (value.empty()) refuse(name + " has no value");
        return value;
    }
    std::optional<uint64_t> take_number(const std::string& name, uint64_t most) {
        const std::string value = take(name);
        if (value.empty()) return std::nullopt;
        return number(name, value, most);
    }
    uint64_t number(const std::string& name, const std::string& text, uint64_t most) const {
        const bool hex = text.rfind("0x", 0) == 0;
        uint64_t parsed = 0;
        const char* const end = text.data() + text.size();
        const auto [stopped, error] = std::from_chars(text.data() + (hex ? 2 : 0), end, parsed, hex ? 16 : 10);
        if (error != std::errc() || stopped != end || parsed > most) {
            refuse(name + " = " + text + ": expected a whole number up to " + std::to_string(most));
        }
        return parsed;
    }
    void end() const {
        if (!words_.empty()) refuse("there is no " + words_.begin()->first);
    }
    [[noreturn]] void refuse(const std::string& reason) const {
        throw DriverError(CUDA_ERROR_INVALID_VALUE, option_ + " = " + value_ + ": " + reason);
    }

  private:
    const std::string option_, value_;
    std::map<std::string, std::string> words_;
};

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
    return parts;
}

// "1", "1,2" or "1,2,3"
Dim3 position(const Words& words, const std::string& text) {
    const std::vector<std::string> parts = split(text, ',');
    if (parts.empty() || parts.size() > 3) words.refuse("block = " + text + ": expected x,y,z");
    Dim3 at{0, 0, 0};
    uint32_t* const places[] = {&at.x, &at.y, &at.z};
    for (size_t i = 0; i < parts.size(); i++) *places[i] = (uint32_t)words.number("block", parts[i], 0x7fffffff);
    return at;
}

// "0-3,16"
uint32_t lanes(const Words& words, const std::string& text) {
    uint32_t mask = 0;
    for (const std::string& part : split(text, ',')) {
        const size_t dash = part.find('-');
        const uint64_t first = words.number("lanes", part.substr(0, dash), LAST_LANE);
        const uint64_t last = dash == std::string::npos ? first : words.number("lanes", part.substr(dash + 1), LAST_LANE);
        for (uint64_t lane = first; lane <= last; lane++) mask |= 1u << lane;
    }
    if (mask == 0) words.refuse("lanes = " + text + ": expected such as 0-3,16");
    return mask;
}

Selection selection(Words& words) {
    Selection selection;
    selection.kernel = words.take("kernel");
    selection.launch = words.take_number("launch", ~0ull);
    if (const std::string block = words.take("block"); !block.empty()) selection.watched.block = position(words, block);
    selection.watched.warp = (uint32_t)words.take_number("warp", LAST_WARP).value_or(0);
    if (const std::string list = words.take("lanes"); !list.empty()) selection.watched.lanes = lanes(words, list);
    return selection;
}

std::optional<Arrival> arrival(Words& words) {
    const auto line = words.take_number("line", 0xffffffffu);
    const auto hit = words.take_number("hit", ~0ull);
    if (!line && hit) words.refuse("hit needs a line");
    if (!line) return std::nullopt;
    if (hit == 0u) words.refuse("hits are counted from 1");
    return Arrival{(uint32_t)*line, hit.value_or(1)};
}

// "shared+64", "param0", "0x700000000000", "table+4"
Place place(const Words& words, const std::string& text) {
    if (text.empty()) words.refuse("at is needed: shared, param0, the name of a variable, or an address");
    const size_t plus = text.find('+');
    const std::string start = text.substr(0, plus);
    Place place;
    if (plus != std::string::npos) place.offset = words.number("at", text.substr(plus + 1), ~0ull);
    if (start == "shared") return place;
    const bool numbered = start.size() > 5 && start.find_first_not_of("0123456789", 5) == std::string::npos;
    if (start.rfind("param", 0) == 0 && numbered) {
        place.kind = Place::Kind::Parameter;
        place.parameter = (uint32_t)words.number("at", start.substr(5), 4096);
    } else if (start[0] >= '0' && start[0] <= '9') {
        place.kind = Place::Kind::Address;
        place.offset += words.number("at", start, ~0ull);
    } else {
        place.kind = Place::Kind::Variable;
        place.variable = start;
    }
    return place;
}

Tile tile(Words& words) {
    Tile tile;
    tile.place = place(words, words.take("at"));
    const std::string size = words.take("size");
    const std::vector<std::string> extents = split(size, 'x');
    if (extents.size() != 2) words.refuse("size is needed: rows and columns, such as 16x8");
    tile.rows = (uint32_t)words.number("size", extents[0], MOST_CELLS);
    tile.columns = (uint32_t)words.number("size", extents[1], MOST_CELLS);
    if (tile.rows == 0 || tile.columns == 0) words.refuse("size = " + size + ": there is nothing in it");
    const std::string type = words.take("type");
    const auto named = type.empty() ? Type::F32 : type_named(type);
    if (!named || *named == Type::Pred || bits(*named) > 64) words.refuse("type = " + type + ": expected such as f32, bf16, b8");
    tile.type = *named;
    tile.stride = words.take_number("stride", LARGEST_STRIDE).value_or(0);
    return tile;
}

}  // namespace

std::optional<Selection> parse_trace(const std::string& name, const std::string& value) {
    if (value == "off") return std::nullopt;
    Words words(name, value == "on" ? "" : value);
    const Selection trace = selection(words);
    words.end();
    return trace;
}

std::optional<Selection> parse_stop(const std::string& name, const std::string& value) {
    if (value == "off") return std::nullopt;
    Words words(name, value);
    Selection stop = selection(words);
    stop.arrival = arrival(words);
    if (!stop.arrival) words.refuse("line is needed");
    words.end();
    return stop;
}

std::optional<DumpChoice> parse_dump(const std::string& name, const std::string& value) {
    if (value == "off") return std::nullopt;
    Words words(name, value);
    DumpChoice dump;
    dump.of = selection(words);
    dump.of.arrival = arrival(words);
    dump.tile = tile(words);
    words.end();
    return dump;
}

}  // namespace ridgepoint::emulator::driver
