#include "mutation/collection.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <stdexcept>

#include "mutation/scenes.h"
#include "mutation/trial.h"

namespace mutation {
namespace {

constexpr int CATALOGUE_ARCHITECTURE = 120;  // runs every kernel; SceneRecorder.java records on the same

std::string key_of(const Mutant& mutant, const Listing& listing) { return mutant.operation + ": " + listing.statements()[mutant.statement].place; }

}  // namespace

Collection proof_kernels(const std::string& ptx, const std::string& folder) {
    return {"Mutants of the proof kernels",
            "",
            ptx,
            folder + "/TABLE.md",
            folder + "/SURVIVORS.md",
            all_subjects(),
            {Concerns::Order, Concerns::Bounds}};
}

Collection catalogue(const std::string& scenes, const std::string& folder) {
    return {"Mutants of the catalogue's kernels",
            " recorded SCENES",
            scenes,
            folder + "/CATALOGUE.md",
            folder + "/CATALOGUE_SURVIVORS.md",
            recorded_subjects(scenes, CATALOGUE_ARCHITECTURE),
            {Concerns::Order}};
}

std::string Collection::text(const Subject& subject) const { return testing::read_text(ptx + "/" + subject.ptx + ".ptx"); }

// "V13.0.88", from the comment that heads what nvcc writes.
std::string Collection::compiler() const {
    const std::string said = text(subjects.front());
    const std::string mark = "// Cuda compilation tools, release ";
    const size_t from = said.find(", V", said.find(mark));
    if (said.find(mark) == std::string::npos || from == std::string::npos) throw std::invalid_argument("PTX does not say which nvcc made it");
    return said.substr(from + 2, said.find('\n', from) - from - 2);
}

Heading Collection::heading() const { return {title, "mutation" + arguments + " write", compiler(), MUTANT_SEEDS}; }

std::vector<Mutant> Collection::mutants(const Listing& listing) const {
    std::vector<Mutant> all = mutants_of(listing);
    const auto asked = [this](const Mutant& mutant) { return std::find(concerns.begin(), concerns.end(), mutant.concerns) != concerns.end(); };
    all.erase(std::remove_if(all.begin(), all.end(), std::not_fn(asked)), all.end());
    return all;
}

Row assess(const Subject& subject, const Listing& listing, const Mutant& mutant) {
    const Statement& statement = listing.statements()[mutant.statement];
    Row row{{subject.kernel, mutant.operation, statement.place}, {}};
    try {
        const auto module = load(subject, listing.with(statement, mutant.weakened));
        row.found = search(subject, module, executions(subject, listing.text(), MUTANT_SEEDS));
    } catch (const ridgepoint::emulator::LoadError&) {
        row.refused = true;
    }
    return row;
}

std::vector<Row> all_rows(const Collection& collection) {
    std::vector<Row> rows;
    for (const Subject& subject : collection.subjects) {
        const Listing listing(collection.text(subject), subject.kernel);
        for (const Mutant& mutant : collection.mutants(listing)) rows.push_back(assess(subject, listing, mutant));
    }
    return rows;
}

// Each mutant's lot follows from the seed and its name, so that others do not change it.
std::vector<Row> sample_of(const Collection& collection, size_t count, uint64_t seed) {
    struct Drawn {
        uint32_t lot;
        size_t subject;
        std::string key;
    };
    std::vector<Drawn> drawn;
    for (size_t i = 0; i < collection.subjects.size(); i++) {
        const Subject& subject = collection.subjects[i];
        const Listing listing(collection.text(subject), subject.kernel);
        for (const Mutant& mutant : collection.mutants(listing)) {
            const std::string key = key_of(mutant, listing), name = std::to_string(seed) + subject.kernel + key;
            std::seed_seq words(name.begin(), name.end());
            uint32_t lot = 0;
            words.generate(&lot, &lot + 1);
            drawn.push_back({lot, i, key});
        }
    }
    std::stable_sort(drawn.begin(), drawn.end(), [](const Drawn& a, const Drawn& b) { return a.lot < b.lot; });
    drawn.resize(std::min(count, drawn.size()));
    std::vector<Row> rows;
    for (size_t i = 0; i < collection.subjects.size(); i++) {
        const Subject& subject = collection.subjects[i];
        const Listing listing(collection.text(subject), subject.kernel);
        for (const Mutant& mutant : collection.mutants(listing)) {
            const std::string key = key_of(mutant, listing);
            const auto is_it = [&](const Drawn& each) { return each.subject == i && each.key == key; };
            if (std::any_of(drawn.begin(), drawn.end(), is_it)) rows.push_back(assess(subject, listing, mutant));
        }
    }
    return rows;
}

}  // namespace mutation
