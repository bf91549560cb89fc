// 32 threads: their registers, where each lane stands, and what an operation may ask of them.
//
// Lanes that stand at the same place form a group. The deepest, then lowest, group runs first, so that lanes meet
// again after a branch; groups at the same place with the same callers are merged. A .sync operation waits, through
// gather(), until all lanes of its member mask stand there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "core/fault.h"
#include "exec/aligned.h"
#include "exec/extension.h"
#include "exec/frame.h"
#include "exec/op.h"
#include "exec/wait.h"

namespace ridgepoint::emulator {

class Code;
class Cta;
struct CallSite;
struct Function;

struct LaneGroup {
    LaneMask lanes = 0;
    uint32_t pc = 0;
    const Frame* frame = nullptr;
    bool waiting = false;      // for `wait`, or for the lanes of `members`
    LaneMask members = 0;      // the member mask that gather() waits for; not waiting, the group is set apart; else 0
    Wait wait;
};

class Warp {
  public:
    Warp(Cta& cta, uint32_t index, LaneMask lanes);
    Warp(const Warp&) = delete;
    // All lanes stand at the kernel's start; registers and thread-private memory are zero.
    void start();

    // --- registers: the 32 lanes of an operand of the group that runs ---
    template <class T>
    const T* read(Ref ref) const {
        return reinterpret_cast<const T*>(bank_[ref.bank()] + ref.offset());
    }
    template <class T>
    T* write(Ref ref) {
        return reinterpret_cast<T*>(bank_[0] + ref.offset());
    }
    LaneMask predicate(Ref ref) const { return *read<LaneMask>(ref); }
    void set_predicate(Ref ref, LaneMask value, LaneMask active) {
        LaneMask& held = *write<LaneMask>(ref);
        held = (held & ~active) | (value & active);
    }

    // --- who and where ---
    Cta& cta() { return cta_; }
    const Cta& cta() const { return cta_; }
    uint32_t index() const { return index_; }     // in the CTA
    LaneMask started() const { return started_; }  // lanes that stand for threads
    LaneMask live() const { return live_; }        // of those, the ones that have not exited
    bool finished() const { return live_ == 0; }
    uint32_t pc() const { return pc_; }            // of the operation that runs, or ran last
    uint32_t line() const;                         // of the text, for pc()
    Dim3 thread(unsigned lane) const;              // %tid
    Extensions& extensions() { return extensions_; }
    // Bytes of a lane's thread-private memory, grown on demand. Offsets are addresses in the local window.
    std::byte* local(unsigned lane) { return local_.data() + (size_t)lane * local_bytes_; }
    uint32_t local_bytes() const { return local_bytes_; }
    const Frame& frame() const { return *frame_; }

    // --- control, for Exec functions; each returns what the function must return ---
    // All active lanes go to `pc`, or, if they are not all of the group, those do and the others go on.
    Flow branch(LaneMask active, uint32_t pc);
    // Lane i of `active` goes to targets[i].
    Flow scatter(LaneMask active, const uint32_t* targets);
    // Lanes of `again` execute this operation once more, apart from those that call now.
    Flow call(LaneMask active, const CallSite& site, uint32_t function, LaneMask again = 0);
    Flow leave(LaneMask active);  // ret: to the caller, or the end of the thread
    Flow exit(LaneMask active);
    uint32_t jump_target() const { return jump_target_; }

    // Blocks the active lanes until wait.ready(); the function then must return Flow::Blocked.
    Flow wait_for(LaneMask active, const Wait& wait);
    // True once every live lane of `members` stands at this operation as part of `active`; otherwise the function must
    // return Flow::Blocked at once, and will be called again with more lanes; or, where some of `active` are no members,
    // once without and once only with those. So lanes of one instruction may name different members, each its own tile.
    bool gather(LaneMask active, LaneMask members);

    // --- faults ---
    // Stops the kernel: names this operation's line, and the lowest lane of `lanes`.
    [[noreturn]] void fault(FaultKind kind, LaneMask lanes, const std::string& what, uint64_t address = 0) const;

    // --- for the scheduler ---
    enum class State { Ready, Yielded, Waiting, Finished };
    // Runs up to `budget` operations; stops earlier where nothing can run or an operation yields. Waiting means that
    // nothing ran at all.
    State run(uint64_t budget);
    // What each group waits for, one line a group.
    std::string report() const;
    uint64_t executed() const { return executed_; }

  private:
    bool select_group();
    void wake_groups();
    void merge_groups();
    void drop_empty_groups();
    uint32_t meeting_pc() const;
    bool run_group(uint64_t limit);
    void block(LaneMask active, uint32_t pc);
    void enter_frame(const Frame* frame);
    void grow(const Frame& frame, const Function& function);
    void release_frames();

    Cta& cta_;
    const Code& code_;
    const uint32_t index_;
    const LaneMask started_;
    LaneMask live_ = 0;
    uint32_t pc_ = 0;
    uint32_t jump_target_ = 0;
    std::byte* bank_[2] = {nullptr, nullptr};  // registers of this frame, constants
    const Frame* frame_ = nullptr;
    uint64_t executed_ = 0;

    std::vector<LaneGroup> groups_;
    size_t running_ = 0;
    size_t turn_ = 0;
    bool take_turns_ = false;
    LaneMask blocked_members_ = 0;  // what the operation that answers Blocked has asked for
    Wait blocked_wait_;

    LineVector<std::byte> registers_;
    std::vector<std::byte> local_;  // local_bytes_ for each lane
    uint32_t local_bytes_ = 0;
    std::deque<Frame> frames_;      // stable addresses, in order of calls
    Extensions extensions_;
};

}  // namespace ridgepoint::emulator
