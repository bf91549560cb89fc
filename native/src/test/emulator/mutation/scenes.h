// Kernels of the catalogue, on scenes that the Java tests recorded: what they were launched with, and what came of it.
#pragma once

#include <string>
#include <vector>

#include "mutation/subjects.h"

namespace mutation {

// A subject for each entry point that the scenes launch, in the order of files and scenes; it plays every scene in which
// it is launched. A folder holds NAME.scene and NAME.ptx, which SceneRecorder.java describes. Throws std::invalid_argument
// with the line of what it cannot read.
std::vector<Subject> recorded_subjects(const std::string& folder, int architecture);

}  // namespace mutation
