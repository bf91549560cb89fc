#include "mutation/scenes.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace mutation {
namespace {

using testing::Dim3;
typedef std::vector<std::byte> Bytes;

constexpr int POISON = 0xff;  // what the gate fills outputs with

struct Argument {
    std::string buffer;  // its name, or none
    Bytes value;
};

struct Launch {
    std::string entry;
    Dim3 grid, block;
    uint32_t shared_bytes = 0;
    std::vector<Argument> arguments;
};

struct Named {
    std::string name;
    Bytes bytes;
};

struct Scene {
    std::vector<Named> inputs, outputs;
    std::vector<std::pair<std::string, uint64_t>> scratch;
    std::vector<Launch> launches;

    bool launch(const std::string& entry) const {
        return std::any_of(launches.begin(), launches.end(), [&](const Launch& each) { return each.entry == entry; });
    }
};

Bytes little_endian(uint64_t bits, size_t count) {
    Bytes bytes;
    for (size_t i = 0; i < count; i++) bytes.push_back((std::byte)(bits >> 8 * i));
    return bytes;
}

Bytes from_hex(const std::string& digits) {
    Bytes bytes(digits.size() / 2);
    for (size_t i = 0; i < bytes.size(); i++) bytes[i] = (std::byte)std::stoi(digits.substr(2 * i, 2), nullptr, 16);
    return bytes;
}

class Reader {
  public:
    explicit Reader(std::string path) : path_(std::move(path)) {}

    std::vector<Scene> read() {
        std::ifstream file(path_);
        for (std::string line; std::getline(file, line);) {
            number_++;
            std::istringstream words(line);
            std::string word;
            words >> word;
            if (word == "case") {
                scenes_.emplace_back();
            } else if (scenes_.empty()) {
                refuse("expected a case");
            } else {
                entry(word, words);
            }
            if (words.fail()) refuse("something is missing");
        }
        return std::move(scenes_);
    }

  private:
    [[noreturn]] void refuse(const std::string& what) const { throw std::invalid_argument(path_ + ", line " + std::to_string(number_) + ": " + what); }

    void entry(const std::string& word, std::istringstream& words) {
        Scene& scene = scenes_.back();
        std::string name, rest;
        words >> name;
        if (word == "input" || word == "output") {
            words >> rest;
            (word == "input" ? scene.inputs : scene.outputs).push_back({name, from_hex(rest)});
        } else if (word == "scratch") {
            words >> scene.scratch.emplace_back(name, 0).second;
        } else if (word == "launch") {
            scene.launches.push_back(launch(name, words));
        } else {
            refuse("unknown word " + word);
        }
    }

    Launch launch(const std::string& name, std::istringstream& words) const {
        Launch made;
        made.entry = name;
        words >> made.grid.x >> made.grid.y >> made.grid.z >> made.block.x >> made.block.y >> made.block.z >> made.shared_bytes;
        const auto end = words.rdstate();
        for (std::string argument; words >> argument;) {
            const size_t colon = argument.find(':');
            if (argument.front() != '@' && colon == std::string::npos) refuse("expected @NAME or BYTES:BITS, found " + argument);
            made.arguments.push_back(argument.front() == '@' ? Argument{argument.substr(1), {}}
                                                             : Argument{"", little_endian(std::stoull(argument.substr(colon + 1)), std::stoul(argument))});
        }
        words.clear(end);
        return made;
    }

    std::string path_;
    size_t number_ = 0;
    std::vector<Scene> scenes_;
};

void play(const Scene& scene, Stage& stage) {
    std::map<std::string, uint64_t> addresses;
    for (const Named& input : scene.inputs) addresses[input.name] = stage.upload(input.bytes);
    for (const Named& output : scene.outputs) addresses[output.name] = stage.poisoned(output.bytes.size(), POISON);
    for (const auto& [name, bytes] : scene.scratch) addresses[name] = stage.allocate<std::byte>(bytes);
    for (const Launch& launch : scene.launches) {
        std::vector<Bytes> parameters;
        for (const Argument& each : launch.arguments) {
            parameters.push_back(each.buffer.empty() ? each.value : little_endian(addresses.at(each.buffer), sizeof(uint64_t)));
        }
        stage.launch_with(launch.entry, launch.grid, launch.block, launch.shared_bytes, parameters);
    }
    for (const Named& output : scene.outputs) stage.expect_exactly(addresses.at(output.name), output.bytes);
}

// Entry points in the order in which scenes launch them.
std::vector<std::string> entries(const std::vector<Scene>& scenes) {
    std::vector<std::string> all;
    for (const Scene& scene : scenes) {
        for (const Launch& launch : scene.launches) {
            if (std::find(all.begin(), all.end(), launch.entry) == all.end()) all.push_back(launch.entry);
        }
    }
    return all;
}

void add_subjects(const std::filesystem::path& file, int architecture, std::vector<Subject>& subjects) {
    const auto scenes = std::make_shared<const std::vector<Scene>>(Reader(file.string()).read());
    const std::string stem = file.stem().string();
    ridgepoint::emulator::LoadOptions options;
    options.architecture = architecture;
    const auto whole = ridgepoint::emulator::Module::load(testing::read_text(file.parent_path() / (stem + ".ptx")), options);
    for (const std::string& entry : entries(*scenes)) {
        subjects.push_back({entry, stem, architecture,
                            [=](Stage& stage) {
                                for (const Scene& scene : *scenes) {
                                    if (scene.launch(entry)) play(scene, stage);
                                }
                            },
                            whole});
    }
}

}  // namespace

std::vector<Subject> recorded_subjects(const std::string& folder, int architecture) {
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        if (file.path().extension() == ".scene") files.push_back(file.path());
    }
    if (files.empty()) throw std::invalid_argument("no scenes in " + folder);
    std::sort(files.begin(), files.end());
    std::vector<Subject> subjects;
    for (const auto& file : files) add_subjects(file, architecture, subjects);
    return subjects;
}

}  // namespace mutation
