// The tool that weakens kernels: what it makes of each statement, and what it says of survivors.
#include <algorithm>

#include "harness.h"
#include "mutation/operators.h"
#include "mutation/table.h"

using namespace mutation;

namespace {

const char* const MODULE = R"(.version 9.0
.target sm_90a
.address_size 64

	// .globl	other
.visible .entry other()
{
	bar.sync 0;
	ret;
}
	// .globl	k
.visible .entry k(.param .u64 to, .param .u32 n)
{
	.reg .pred %p<4>;
	.reg .b32 %r<9>;
	.reg .b64 %rd<4>;
	.shared .align 8 .b64 barrier;
	ld.param.u64 %rd1, [to];
	ld.param.u32 %r1, [n];
	mov.u32 %r2, %tid.x;
	setp.ge.s32 %p1, %r2, %r1;
	@%p1 bra DONE;
	setp.gt.s32 %p2, %r2, 7;
	bar.sync 1, 128;
AGAIN:
	cp.async.wait_group 1;
	membar.gl;
	atom.global.add.u32 %r3, [%rd1], 1;
	shfl.sync.bfly.b32 %r4, %r3, 1, 31, -1;
	mbarrier.arrive.expect_tx.release.cta.shared::cta.b64 _, [%r5], 64;
	add.s32 %r2, %r2, 1;
	setp.ne.s32 %p3, %r2, 0;
	@%p3 bra AGAIN;
DONE:
	ret;
}
)";

// "operation: place: new text", one line a mutant.
std::string mutants() {
    const Listing listing(MODULE, "k");
    std::string lines;
    for (const Mutant& mutant : mutants_of(listing)) {
        lines += mutant.operation + ": " + listing.statements()[mutant.statement].place + ": " + mutant.weakened + "\n";
    }
    return lines;
}

Row row(const std::string& kernel, const std::string& place, bool found) {
    Row made{{kernel, "fence dropped", place}, {}};
    if (found) made.found.alone = Finding{"value", "element 0 is 1, expected 2", {}};
    return made;
}

}  // namespace

TEST("only the kernel asked for is listed") {
    const Listing listing(MODULE, "k");
    CHECK(listing.text().find("other") == std::string::npos);
    CHECK_EQUAL(listing.statements().front().place, "ld.param.u64 #1");
    CHECK_EQUAL(listing.statements()[4].place, "bra #1");
    CHECK_EQUAL(listing.guard(listing.statements()[4]), "@%p1 ");
}

TEST("each operator weakens what it is for") {
    const std::string made = mutants();
    for (const char* expected : {
             "check always true: setp.ge.s32 #1: mov.pred %p1, -1;\n",
             "check never true: setp.ge.s32 #1: mov.pred %p1, 0;\n",
             "check off by one: setp.ge.s32 #1: setp.gt.s32 %p1, %r2, %r1;\n",
             "barrier dropped: bar.sync #1: \n",
             "barrier of a warp less: bar.sync #1: bar.sync 1, 96;\n",
             "copy wait dropped: cp.async.wait_group #1: \n",
             "copy wait leaves one group more: cp.async.wait_group #1: cp.async.wait_group 2;\n",
             "fence dropped: membar.gl #1: \n",
             "fence of the block only: membar.gl #1: membar.cta;\n",
             "scope of the block only: atom.global.add.u32 #1: atom.relaxed.cta.global.add.u32 %r3, [%rd1], 1;\n",
             "lane 31 not in the mask: shfl.sync.bfly.b32 #1: shfl.sync.bfly.b32 %r4, %r3, 1, 31, 2147483647;\n",
             "mbarrier expects no bytes: mbarrier.arrive.expect_tx.release.cta.shared::cta.b64 #1: mbarrier.arrive.release.cta.shared::cta.b64 _, [%r5];\n",
             "check off by one: setp.ne.s32 #1: setp.ne.s32 %p3, %r2, 1;\n",
         }) {
        CHECK_CONTAINS(made, expected);
    }
    // It decides nothing that memory would notice.
    CHECK(made.find("setp.gt.s32 #1") == std::string::npos);
}

TEST("a statement is replaced, and nothing else") {
    const Listing listing(MODULE, "k");
    const auto barrier = std::find_if(listing.statements().begin(), listing.statements().end(), [](const Statement& s) { return s.place == "bar.sync #1"; });
    std::string expected = listing.text();
    expected.replace(expected.find("bar.sync 1, 128;"), std::string("bar.sync 1, 128;").size(), "exit;");
    CHECK_EQUAL(listing.with(*barrier, "exit;"), expected);
}

TEST("survivors need an argument, and arguments a survivor") {
    const std::vector<Row> rows{row("k", "membar.gl #1", true), row("k", "membar.gl #2", false), row("k", "membar.gl #3", false)};
    const Arguments arguments = parse_arguments("# Title\n\n## k\n\n### fence dropped: membar.gl #1, membar.gl #2\nequivalent: nobody\nlooks.\n\n## l\n\n"
                                                "### fence dropped: membar.gl #1\nmissed: alas.\n");
    CHECK_EQUAL(arguments.at({"k", "fence dropped", "membar.gl #2"}).text, "nobody looks.");
    CHECK_EQUAL(arguments.at({"l", "fence dropped", "membar.gl #1"}).kind, "missed");
    const auto lines = complaints(rows, arguments);
    CHECK_EQUAL(lines.size(), 2u);
    CHECK_EQUAL(lines.front(), "survives without an argument: k, fence dropped, membar.gl #3");
    CHECK_EQUAL(lines.back(), "argued, and does not survive: k, fence dropped, membar.gl #1");
    const std::string table = page({"Title", "mutation write", "V1", 8}, rows, arguments);
    CHECK_CONTAINS(table, "| k | 3 | 0 | 1 | 0 | 1 | 1 |\n");
    CHECK_CONTAINS(table, "| fence dropped | `membar.gl #2` |  | equivalent |\n");
    CHECK_CONTAINS(table, "| fence dropped | `membar.gl #3` |  | not argued |\n");
}

TEST("arguments that cannot be read are refused with their line") {
    const auto refusal = [](const char* markdown) -> std::string {
        try {
            parse_arguments(markdown);
        } catch (const std::invalid_argument& error) {
            return error.what();
        }
        return "none";
    };
    CHECK_CONTAINS(refusal("### fence dropped: membar.gl #1\n"), "line 1: expected");
    CHECK_CONTAINS(refusal("## k\n### fence dropped: a #1\nperhaps: x\n"), "line 3: expected 'equivalent: '");
    CHECK_CONTAINS(refusal("## k\n### fence dropped: a #1\nequivalent: x\n### fence dropped: a #1\n"), "line 4: k, fence dropped, a #1 is argued twice");
}
