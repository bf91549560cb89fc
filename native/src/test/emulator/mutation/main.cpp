#include <cstdio>
#include <cstring>
#include <ctime>
#include <map>
#include <set>
#include "mutation/operators.h"
#include "mutation/trial.h"
using namespace mutation;
int main(int argc, char** argv) {
    uint64_t seeds = 8;
    for (const Subject& s : all_subjects()) {
        if (argc > 1 && s.kernel != argv[1]) continue;
        const Listing listing(testing::read_text(std::string(RIDGEPOINT_PTX) + "/" + s.ptx + ".ptx"), s.kernel);
        clock_t t0 = clock();
        auto module = load(s, listing.text());
        std::set<uint32_t> reached;
        int bad = 0;
        for (auto& e : executions(32)) {
            auto p = play(s, module, e, Watch::Detectors);
            if (p.finding && bad++ < 3) printf("FALSE %s: %s: %s\n", text(e).c_str(), p.finding->verdict.c_str(), p.finding->what.c_str());
            for (auto& [l, x] : p.counters.lines) if (x.warps) reached.insert(l);
        }
        auto mutants = mutants_of(listing);
        printf("== %s: %zu mutants, clean %.2f s\n", s.kernel.c_str(), mutants.size(), double(clock() - t0) / CLOCKS_PER_SEC);
        t0 = clock();
        std::map<std::string, int> counts;
        for (auto& m : mutants) {
            std::string v, what;
            if (!reached.count(listing.statements()[m.statement].parsed->at.line)) v = "unreached";
            else try {
                auto mm = load(s, m.text);
                clock_t t = clock();
                auto f = search(s, mm, seeds, Watch::ResultsOnly);
                if (!f) { f = search(s, mm, seeds, Watch::Detectors); if (f) f->verdict += "*"; }
                v = f ? f->verdict : "SURVIVED";
                if (f) what = text(f->under);
                double sec = double(clock() - t) / CLOCKS_PER_SEC;
                if (sec > 0.3) printf("   slow %.2f\n", sec);
            } catch (const ridgepoint::emulator::LoadError& e) { v = "refused"; what = e.what(); }
            counts[v]++;
            if (argc > 2 || v == "SURVIVED" || v == "refused") printf("  %-10s %-40s %-30s %s\n", v.c_str(), m.operation.c_str(), m.place.c_str(), what.c_str());
        }
        for (auto& [k, n] : counts) printf("  %s %d", k.c_str(), n);
        printf("  %.2f s\n", double(clock() - t0) / CLOCKS_PER_SEC);
    }
}
