#include "mutation/subjects.h"

namespace mutation {

std::vector<Subject> all_subjects() {
    std::vector<Subject> all;
    for (const auto& family : {plain_subjects, matrix_subjects, quantised_subjects, grid_subjects, pipeline_subjects}) {
        for (Subject& subject : family()) all.push_back(std::move(subject));
    }
    return all;
}

}  // namespace mutation
