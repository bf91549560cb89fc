// Fault injection. Commands, for the proof kernels, or with `recorded SCENES` before them for the catalogue's:
//   mutation clean                no finding on the unweakened kernels, under many seeds and all detectors
//   mutation check                the table and the arguments for survivors are as they should be
//   mutation write                makes the table
//   mutation sample COUNT SEED    so many mutants, drawn by the seed, are as the table has them
//   mutation show KERNEL [PLACE]  what each mutant of the kernel is, and what was found
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "mutation/collection.h"
#include "mutation/trial.h"

using namespace mutation;

namespace {

// Of the catalogue's kernels there are many, and their detectors were tried by the proof kernels.
constexpr uint64_t CLEAN_SEEDS = 32, CLEAN_SEEDS_OF_RECORDED = MUTANT_SEEDS;
constexpr int SKIPPED = 77;

int clean(const Collection& collection) {
    int findings = 0;
    const uint64_t seeds = collection.arguments.empty() ? CLEAN_SEEDS : CLEAN_SEEDS_OF_RECORDED;
    for (const Subject& subject : collection.subjects) {
        const Listing listing(collection.text(subject), subject.kernel);
        const auto module = load(subject, listing.text());
        for (const auto& execution : executions(subject, listing.text(), seeds)) {
            const auto finding = play(subject, module, execution, Watch::Hazards);
            if (!finding) continue;
            findings++;
            std::printf("%s, %s: %s: %s\n", subject.kernel.c_str(), text(execution).c_str(), finding->verdict.c_str(), finding->what.c_str());
        }
    }
    std::printf("%zu kernels, %d seeds, 3 modes: %d findings\n", collection.subjects.size(), (int)seeds, findings);
    return findings == 0 ? 0 : 1;
}

std::string first_difference(const std::string& written, const std::string& made) {
    size_t at = 0;
    while (at < written.size() && at < made.size() && written[at] == made[at]) at++;
    const auto line = [at](const std::string& text) {
        const size_t from = text.rfind('\n', at == 0 ? 0 : at - 1) + 1;
        return text.substr(from, text.find('\n', from) - from);
    };
    return "  is:        " + line(written) + "\n  should be: " + line(made);
}

Arguments arguments_of(const Collection& collection) { return parse_arguments(testing::read_text(collection.survivors)); }

// Whether the table is of another nvcc than the texts; says so.
bool stale_compiler(const Collection& collection, const std::string& written) {
    if (written.find("PTX by nvcc " + collection.compiler() + ".") != std::string::npos) return false;
    std::printf("skipped: %s is of another nvcc than %s; `mutation%s write` makes it anew\n", collection.table.c_str(), collection.compiler().c_str(),
                collection.arguments.c_str());
    return true;
}

int report(const std::vector<Row>& rows, const std::vector<std::string>& wrong) {
    for (const std::string& line : wrong) std::printf("%s\n", line.c_str());
    std::printf("%zu mutants, %zu complaints\n", rows.size(), wrong.size());
    return wrong.empty() ? 0 : 1;
}

int check(const Collection& collection) {
    const std::string written = testing::read_text(collection.table);
    if (stale_compiler(collection, written)) return SKIPPED;
    const Arguments arguments = arguments_of(collection);
    const std::vector<Row> rows = all_rows(collection);
    std::vector<std::string> wrong = complaints(rows, arguments);
    const std::string made = page(collection.heading(), rows, arguments);
    if (made != written) {
        wrong.push_back(collection.table + " is stale; `mutation" + collection.arguments + " write` makes it anew\n" + first_difference(written, made));
    }
    return report(rows, wrong);
}

// The part of a table that is about a kernel.
std::string section(const std::string& table, const std::string& kernel) {
    const size_t from = table.find("\n## " + kernel + "\n");
    return from == std::string::npos ? "" : table.substr(from, table.find("\n## ", from + 1) - from);
}

int sample(const Collection& collection, size_t count, uint64_t seed) {
    const std::string written = testing::read_text(collection.table);
    if (stale_compiler(collection, written)) return SKIPPED;
    const Arguments arguments = arguments_of(collection);
    const std::vector<Row> rows = sample_of(collection, count, seed);
    std::vector<std::string> wrong;
    for (const Row& row : rows) {
        const std::string made = line(row, arguments);
        if (section(written, std::get<0>(row.mutant)).find("\n" + made) == std::string::npos) wrong.push_back(std::get<0>(row.mutant) + ": the table lacks " + made);
    }
    return report(rows, wrong);
}

int write(const Collection& collection) {
    const Arguments arguments = arguments_of(collection);
    const std::vector<Row> rows = all_rows(collection);
    std::ofstream(collection.table) << page(collection.heading(), rows, arguments);
    for (const std::string& line : complaints(rows, arguments)) std::printf("%s\n", line.c_str());
    return 0;
}

void print(const char* name, const std::optional<Finding>& finding) {
    std::printf("  %s: %s\n", name, finding ? (finding->verdict + " (" + text(finding->under) + ") " + finding->what).c_str() : "nothing");
}

int show(const Collection& collection, const std::string& kernel, const std::string& place) {
    for (const Subject& subject : collection.subjects) {
        if (subject.kernel != kernel) continue;
        const Listing listing(collection.text(subject), kernel);
        for (const Mutant& mutant : collection.mutants(listing)) {
            const Statement& statement = listing.statements()[mutant.statement];
            if (!place.empty() && statement.place != place) continue;
            const Row row = assess(subject, listing, mutant);
            std::printf("%s: %s (line %u)\n  %s\n  -> %s\n", mutant.operation.c_str(), statement.place.c_str(), statement.parsed->at.line,
                        listing.source(statement).c_str(), mutant.weakened.c_str());
            if (row.refused) std::printf("  refused\n");
            print("results alone", row.found.alone);
            print("with detectors", row.found.watched);
        }
    }
    return 0;
}

int run(const Collection& collection, const std::vector<std::string>& words) {
    const std::string command = words.empty() ? "" : words.front();
    if (command == "clean") return clean(collection);
    if (command == "check") return check(collection);
    if (command == "write") return write(collection);
    if (command == "sample" && words.size() == 3) return sample(collection, std::stoul(words[1]), std::stoull(words[2]));
    if (command == "show" && words.size() > 1) return show(collection, words[1], words.size() > 2 ? words[2] : "");
    std::printf("expected, after `recorded SCENES` if at all: clean, check, write, sample COUNT SEED, or show KERNEL [PLACE]\n");
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> words(argv + 1, argv + argc);
    try {
        if (words.size() < 2 || words.front() != "recorded") return run(proof_kernels(RIDGEPOINT_PTX, RIDGEPOINT_MUTATION), words);
        return run(catalogue(words[1], RIDGEPOINT_MUTATION), {words.begin() + 2, words.end()});
    } catch (const std::exception& error) {
        std::printf("%s\n", error.what());
        return 1;
    }
}
