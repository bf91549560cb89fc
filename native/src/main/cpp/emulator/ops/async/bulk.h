// One-dimensional bulk copies: ranges of bytes, by one thread.
#pragma once

#include <memory>
#include <vector>

#include "ops/async/groups.h"
#include "ops/async/work.h"

namespace ridgepoint::emulator {

// A range in flight. Reading and writing are two steps: a thread may wait for the first alone, to use its source again.
class RangeCopy {
  public:
    RangeCopy(std::byte* to, const std::byte* from, uint64_t bytes) : to_(to), from_(from), bytes_(bytes) {}
    void read();
    void write();

  private:
    enum class Step { Started, Read, Written };
    std::byte* to_;
    const std::byte* from_;
    uint64_t bytes_;
    Step step_ = Step::Started;
    std::vector<std::byte> held_;
};

struct IssuedRange {
    Issued issued;
    std::shared_ptr<RangeCopy> copy;
};

struct BulkCopies {
    CopyGroups<IssuedRange> groups;
};

inline CopyGroups<IssuedRange>& bulk_copies(Warp& warp) { return warp.extensions().get<BulkCopies>().groups; }

}  // namespace ridgepoint::emulator
