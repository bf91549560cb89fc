// Fault injection. Commands:
//   mutation clean                no finding on the unweakened kernels, under many seeds and all detectors
//   mutation check                TABLE.md and SURVIVORS.md are as they should be
//   mutation write                makes TABLE.md
//   mutation show KERNEL [PLACE]  what each mutant of the kernel is, and what was found
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "mutation/operators.h"
#include "mutation/table.h"
#include "mutation/trial.h"

using namespace mutation;

namespace {

constexpr uint64_t CLEAN_SEEDS = 32, MUTANT_SEEDS = 8;
constexpr int SKIPPED = 77;

std::string in_folder(const std::string& name) { return std::string(RIDGEPOINT_MUTATION) + "/" + name; }
std::string ptx_of(const Subject& subject) { return testing::read_text(std::string(RIDGEPOINT_PTX) + "/" + subject.ptx + ".ptx"); }

// "V13.0.88", from the comment that heads what nvcc writes.
std::string compiler(const std::string& ptx) {
    const std::string mark = "// Cuda compilation tools, release ";
    const size_t from = ptx.find(", V", ptx.find(mark));
    if (ptx.find(mark) == std::string::npos || from == std::string::npos) throw std::invalid_argument("PTX does not say which nvcc made it");
    return ptx.substr(from + 2, ptx.find('\n', from) - from - 2);
}

Row assess(const Subject& subject, const Listing& listing, const Mutant& mutant) {
    const Statement& statement = listing.statements()[mutant.statement];
    Row row{{subject.kernel, mutant.operation, statement.place}, {}, {}};
    try {
        const auto module = load(subject, listing.with(statement, mutant.weakened));
        row.alone = search(subject, module, MUTANT_SEEDS, Watch::ResultsOnly);
        row.watched = search(subject, module, MUTANT_SEEDS, Watch::Hazards);
    } catch (const ridgepoint::emulator::LoadError&) {
        row.refused = true;
    }
    return row;
}

std::vector<Row> all_rows(const std::vector<Subject>& subjects) {
    std::vector<Row> rows;
    for (const Subject& subject : subjects) {
        const Listing listing(ptx_of(subject), subject.kernel);
        for (const Mutant& mutant : mutants_of(listing)) rows.push_back(assess(subject, listing, mutant));
    }
    return rows;
}

int clean() {
    int findings = 0;
    for (const Subject& subject : all_subjects()) {
        const auto module = load(subject, Listing(ptx_of(subject), subject.kernel).text());
        for (const auto& execution : executions(CLEAN_SEEDS)) {
            const auto finding = play(subject, module, execution, Watch::Hazards);
            if (!finding) continue;
            findings++;
            std::printf("%s, %s: %s: %s\n", subject.kernel.c_str(), text(execution).c_str(), finding->verdict.c_str(), finding->what.c_str());
        }
    }
    std::printf("%zu kernels, %d seeds, 3 modes: %d findings\n", all_subjects().size(), (int)CLEAN_SEEDS, findings);
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

int check() {
    const std::string written = testing::read_text(in_folder("TABLE.md"));
    const std::vector<Subject> subjects = all_subjects();
    const std::string release = compiler(ptx_of(subjects.front()));
    if (written.find("PTX by nvcc " + release + ".") == std::string::npos) {
        std::printf("skipped: TABLE.md is of another nvcc than %s; `mutation write` makes it anew\n", release.c_str());
        return SKIPPED;
    }
    const Arguments arguments = parse_arguments(testing::read_text(in_folder("SURVIVORS.md")));
    const std::vector<Row> rows = all_rows(subjects);
    std::vector<std::string> wrong = complaints(rows, arguments);
    const std::string made = page(rows, arguments, release, MUTANT_SEEDS);
    if (made != written) wrong.push_back("TABLE.md is stale; `mutation write` makes it anew\n" + first_difference(written, made));
    for (const std::string& line : wrong) std::printf("%s\n", line.c_str());
    std::printf("%zu mutants, %zu complaints\n", rows.size(), wrong.size());
    return wrong.empty() ? 0 : 1;
}

int write() {
    const std::vector<Subject> subjects = all_subjects();
    const Arguments arguments = parse_arguments(testing::read_text(in_folder("SURVIVORS.md")));
    const std::vector<Row> rows = all_rows(subjects);
    std::ofstream(in_folder("TABLE.md")) << page(rows, arguments, compiler(ptx_of(subjects.front())), MUTANT_SEEDS);
    for (const std::string& line : complaints(rows, arguments)) std::printf("%s\n", line.c_str());
    return 0;
}

void print(const char* name, const std::optional<Finding>& finding) {
    std::printf("  %s: %s\n", name, finding ? (finding->verdict + " (" + text(finding->under) + ") " + finding->what).c_str() : "nothing");
}

int show(const std::string& kernel, const std::string& place) {
    for (const Subject& subject : all_subjects()) {
        if (subject.kernel != kernel) continue;
        const Listing listing(ptx_of(subject), kernel);
        for (const Mutant& mutant : mutants_of(listing)) {
            const Statement& statement = listing.statements()[mutant.statement];
            if (!place.empty() && statement.place != place) continue;
            const Row row = assess(subject, listing, mutant);
            std::printf("%s: %s (line %u)\n  %s\n  -> %s\n", mutant.operation.c_str(), statement.place.c_str(), statement.parsed->at.line,
                        listing.source(statement).c_str(), mutant.weakened.c_str());
            if (row.refused) std::printf("  refused\n");
            print("results alone", row.alone);
            print("with detectors", row.watched);
        }
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string command = argc > 1 ? argv[1] : "";
    try {
        if (command == "clean") return clean();
        if (command == "check") return check();
        if (command == "write") return write();
        if (command == "show" && argc > 2) return show(argv[2], argc > 3 ? argv[3] : "");
    } catch (const std::exception& error) {
        std::printf("%s\n", error.what());
        return 1;
    }
    std::printf("expected: clean, check, write, or show KERNEL [PLACE]\n");
    return 2;
}
