// The kernels whose weakened copies must be found out: how each is run, and its oracle.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mutation/stage.h"

namespace mutation {

struct Subject {
    std::string kernel;
    std::string ptx;   // file among the compiled ones, without its ending
    int architecture;
    // Uploads, launches, compares. Inputs and oracles are computed once, when the subject is made.
    std::function<void(Stage&)> play;
    // Other kernels that it launches, unweakened; none where it launches itself alone.
    std::shared_ptr<const ridgepoint::emulator::Module> others = nullptr;
};

// In the order of the table.
std::vector<Subject> all_subjects();

// One family each, in a file under subjects/.
std::vector<Subject> plain_subjects();       // vector add, SGEMM, softmax
std::vector<Subject> matrix_subjects();      // tensor-core product, flash attention
std::vector<Subject> quantised_subjects();   // fp8, int4
std::vector<Subject> grid_subjects();        // split-K, cooperative sum, lock, graph replay
std::vector<Subject> pipeline_subjects();    // mbarriers, bulk copies, the library's copies

}  // namespace mutation
