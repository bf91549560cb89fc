// Who is who in a launch: blocks, agents, and what the numbers in stamps mean.
#pragma once

#include <cstdint>
#include <vector>

#include "core/module.h"
#include "exec/observer.h"

namespace ridgepoint::emulator {

// Agents of a block have numbers in a row: its warps, then what these copy, then the sources they copy from.
struct BlockRecord {
    Dim3 position;
    uint32_t first_agent = 0;
    uint32_t warps = 0;

    uint32_t copies_of(uint32_t warp) const { return first_agent + warps + warp; }
    // Bulk copies give their sources back before they are over.
    uint32_t sources_of(uint32_t warp) const { return first_agent + 2 * warps + warp; }
};

// What an mbarrier was told: whoever knows this phase of it to be over knows of the work.
struct Signal {
    uint32_t mbarrier;  // agent
    uint64_t phase;
};

// A piece of asynchronous work. It is over for whoever knows its issuer's wait for it, or the phase of an mbarrier that was
// told: each that a copy's thread tells hears of all its copies so far.
struct WorkRecord {
    uint32_t block;
    uint32_t warp;
    uint32_t pc;
    Proxy proxy;
    std::vector<Signal> signals;
    bool given_back = false;  // its issuer has waited, for its sources at least
};

class History {
  public:
    uint32_t add_block(Dim3 position, uint32_t warps) {
        const uint32_t id = (uint32_t)blocks_.size();
        blocks_.push_back({position, (uint32_t)agents_.size(), warps});
        agents_.resize(agents_.size() + 3 * warps, id);
        return id;
    }
    uint32_t add_agent(uint32_t block) {
        agents_.push_back(block);
        return (uint32_t)agents_.size() - 1;
    }
    // Segments are numbered from 1.
    uint64_t begin_segment(uint32_t agent) {
        if (agents_[agent] != latest_block_) {
            latest_block_ = agents_[agent];
            others_until_ = now();  // those of this block that are older are no longer among the latest
        }
        segments_.push_back(agent);
        return now();
    }
    uint64_t add_work(const WorkRecord& work) {
        works_.push_back(work);
        return works_.size();
    }

    uint64_t now() const { return segments_.size(); }  // the latest segment
    // The latest segments are all of one block: whose, and up to where there are others.
    uint32_t latest_block() const { return latest_block_; }
    uint64_t others_until() const { return others_until_; }
    uint32_t agent_of(uint64_t segment) const { return segments_[segment - 1]; }
    uint32_t block_of(uint32_t agent) const { return agents_[agent]; }
    const BlockRecord& block(uint32_t id) const { return blocks_[id]; }
    WorkRecord& work(uint64_t number) { return works_[number - 1]; }
    const WorkRecord& work(uint64_t number) const { return works_[number - 1]; }

  private:
    std::vector<BlockRecord> blocks_;
    std::vector<uint32_t> agents_;    // their blocks
    std::vector<uint32_t> segments_;  // their agents
    std::vector<WorkRecord> works_;
    uint32_t latest_block_ = ~0u;
    uint64_t others_until_ = 0;
};

}  // namespace ridgepoint::emulator
