// Captures and graphs.
#include <set>
#include <thread>

#include "harness.h"
#include "kernels.h"

namespace {

struct Setup {
    test::Session session;
    CUfunction slow = test::load(kernels::SLOW, "slow");
    CUdeviceptr value = test::upload({0});
    CUstream stream = nullptr, other = nullptr;

    Setup() {
        OK(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING));
        OK(cuStreamCreate(&other, CU_STREAM_NON_BLOCKING));
    }
    ~Setup() {
        cuStreamDestroy_v2(stream);
        cuStreamDestroy_v2(other);
        cuMemFree_v2(value);
    }
    void add_one(CUstream to) {
        uint32_t rounds = 10;
        OK(test::launch(slow, 1, 1, {&value, &rounds}, to));
    }
    CUgraph end() {
        CUgraph graph = nullptr;
        OK(cuStreamEndCapture(stream, &graph));
        return graph;
    }
    void run(CUgraph graph, int times) {
        CUgraphExec exec = nullptr;
        OK(cuGraphInstantiateWithFlags(&exec, graph, 0));
        for (int i = 0; i < times; i++) OK(cuGraphLaunch(exec, stream));
        OK(cuStreamSynchronize(stream));
        OK(cuGraphExecDestroy(exec));
    }
    std::set<int> types(CUgraph graph) {
        size_t count = 0;
        OK(cuGraphGetNodes(graph, nullptr, &count));
        std::vector<CUgraphNode> nodes(count);
        OK(cuGraphGetNodes(graph, nodes.data(), &count));
        std::set<int> types;
        for (CUgraphNode node : nodes) {
            CUgraphNodeType type;
            OK(cuGraphNodeGetType(node, &type));
            types.insert(type);
        }
        return types;
    }
};

TEST("graph", what_is_captured_runs_when_launched_and_not_before) {
    Setup setup;
    uint32_t out = 99;
    CUstreamCaptureStatus status;
    OK(cuStreamBeginCapture_v2(setup.stream, CU_STREAM_CAPTURE_MODE_GLOBAL));
    OK(cuStreamIsCapturing(setup.stream, &status));
    EQUAL((int)CU_STREAM_CAPTURE_STATUS_ACTIVE, (int)status);
    OK(cuMemsetD32Async(setup.value, 10, 1, setup.stream));
    setup.add_one(setup.stream);
    setup.add_one(setup.stream);
    OK(cuMemcpyDtoHAsync_v2(&out, setup.value, 4, setup.stream));
    CUgraph graph = setup.end();
    OK(cuStreamIsCapturing(setup.stream, &status));
    EQUAL((int)CU_STREAM_CAPTURE_STATUS_NONE, (int)status);
    EQUAL(99u, out);
    EQUAL(0u, test::download(setup.value, 1)[0]);
    TRUE((setup.types(graph) == std::set<int>{CU_GRAPH_NODE_TYPE_KERNEL, CU_GRAPH_NODE_TYPE_MEMCPY,
                                              CU_GRAPH_NODE_TYPE_MEMSET}));
    setup.run(graph, 3);
    EQUAL(12u, out);
    OK(cuGraphDestroy(graph));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuGraphDestroy(graph));
}

TEST("graph", a_replay_runs_every_time) {
    Setup setup;
    OK(cuStreamBeginCapture_v2(setup.stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL));
    for (int i = 0; i < 10; i++) setup.add_one(setup.stream);
    CUgraph graph = setup.end();
    ridgepoint_emulator_counters_reset();
    setup.run(graph, 7);
    EQUAL(70u, test::download(setup.value, 1)[0]);
    EQUAL(70u, ridgepoint_emulator_counters_launches());
    TRUE(ridgepoint_emulator_counters_json(69, nullptr, 0) > 0);
    OK(cuGraphDestroy(graph));
}

TEST("graph", a_capture_forks_and_joins_by_events) {
    Setup setup;
    CUevent fork = nullptr, join = nullptr;
    OK(cuEventCreate(&fork, CU_EVENT_DISABLE_TIMING));
    OK(cuEventCreate(&join, CU_EVENT_DISABLE_TIMING));
    OK(cuStreamBeginCapture_v2(setup.stream, CU_STREAM_CAPTURE_MODE_GLOBAL));
    setup.add_one(setup.stream);
    OK(cuEventRecord(fork, setup.stream));
    OK(cuStreamWaitEvent(setup.other, fork, 0));
    setup.add_one(setup.other);
    OK(cuEventRecord(join, setup.other));
    setup.add_one(setup.stream);
    OK(cuStreamWaitEvent(setup.stream, join, 0));
    setup.add_one(setup.stream);
    CUgraph graph = setup.end();
    size_t edges = 0, roots = 0;
    OK(cuGraphGetEdges(graph, nullptr, nullptr, &edges));
    OK(cuGraphGetRootNodes(graph, nullptr, &roots));
    EQUAL(4u, edges);
    EQUAL(1u, roots);
    setup.run(graph, 1);
    EQUAL(4u, test::download(setup.value, 1)[0]);
    OK(cuGraphDestroy(graph));
    OK(cuEventDestroy_v2(fork));
    OK(cuEventDestroy_v2(join));
}

TEST("graph", a_fork_that_is_not_joined_is_refused) {
    Setup setup;
    CUevent fork = nullptr;
    CUgraph graph = nullptr;
    OK(cuEventCreate(&fork, CU_EVENT_DISABLE_TIMING));
    OK(cuStreamBeginCapture_v2(setup.stream, CU_STREAM_CAPTURE_MODE_GLOBAL));
    OK(cuEventRecord(fork, setup.stream));
    OK(cuStreamWaitEvent(setup.other, fork, 0));
    setup.add_one(setup.other);
    FAILS(CUDA_ERROR_STREAM_CAPTURE_UNMATCHED, cuStreamEndCapture(setup.other, &graph));
    FAILS(CUDA_ERROR_STREAM_CAPTURE_UNJOINED, cuStreamEndCapture(setup.stream, &graph));
    FAILS(CUDA_ERROR_ILLEGAL_STATE, cuStreamEndCapture(setup.stream, &graph));
    setup.add_one(setup.other);
    OK(cuStreamSynchronize(setup.other));
    EQUAL(1u, test::download(setup.value, 1)[0]);
    OK(cuEventDestroy_v2(fork));
}

TEST("graph", what_a_capture_forbids_invalidates_it) {
    Setup setup;
    CUgraph graph = nullptr;
    CUdeviceptr address = 0;
    OK(cuStreamBeginCapture_v2(setup.stream, CU_STREAM_CAPTURE_MODE_GLOBAL));
    FAILS(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, cuStreamSynchronize(setup.stream));
    FAILS(CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, cuMemsetD32Async(setup.value, 1, 1, setup.stream));
    FAILS(CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, cuStreamEndCapture(setup.stream, &graph));

    OK(cuStreamBeginCapture_v2(setup.stream, CU_STREAM_CAPTURE_MODE_GLOBAL));
    std::thread([&] {
        OK(cuCtxSetCurrent(setup.session.context()));
        FAILS(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, cuMemAlloc_v2(&address, 4));
    }).join();
    FAILS(CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, cuStreamEndCapture(setup.stream, &graph));

    OK(cuStreamBeginCapture_v2(setup.stream, CU_STREAM_CAPTURE_MODE_RELAXED));
    OK(cuMemAlloc_v2(&address, 4));
    OK(cuMemFree_v2(address));
    OK(cuGraphDestroy(setup.end()));
}

TEST("graph", the_legacy_stream_does_not_mix_with_captures_of_blocking_streams) {
    Setup setup;
    CUstream blocking = nullptr;
    CUgraph graph = nullptr;
    uint32_t value = 0;
    OK(cuStreamCreate(&blocking, CU_STREAM_DEFAULT));
    FAILS(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, cuStreamBeginCapture_v2(nullptr, CU_STREAM_CAPTURE_MODE_RELAXED));
    OK(cuStreamBeginCapture_v2(blocking, CU_STREAM_CAPTURE_MODE_RELAXED));
    FAILS(CUDA_ERROR_STREAM_CAPTURE_IMPLICIT, cuMemcpyDtoH_v2(&value, setup.value, 4));
    FAILS(CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, cuStreamEndCapture(blocking, &graph));
    OK(cuMemcpyDtoH_v2(&value, setup.value, 4));
    OK(cuStreamDestroy_v2(blocking));
}

TEST("graph", graphs_are_built_node_by_node) {
    Setup setup;
    CUgraph graph = nullptr, clone = nullptr;
    CUgraphNode fill = nullptr, first = nullptr, second = nullptr, copy = nullptr;
    uint32_t rounds = 5;
    void* parameters[] = {&setup.value, &rounds};
    CUDA_KERNEL_NODE_PARAMS kernel{};
    kernel.func = setup.slow;
    kernel.gridDimX = kernel.gridDimY = kernel.gridDimZ = 1;
    kernel.blockDimX = kernel.blockDimY = kernel.blockDimZ = 1;
    kernel.kernelParams = parameters;
    CUDA_MEMSET_NODE_PARAMS memset{};
    memset.dst = setup.value;
    memset.value = 20;
    memset.elementSize = 4;
    memset.width = memset.height = 1;
    uint32_t out = 0;
    CUDA_MEMCPY3D memcpy{};
    memcpy.srcMemoryType = CU_MEMORYTYPE_DEVICE;
    memcpy.srcDevice = setup.value;
    memcpy.dstMemoryType = CU_MEMORYTYPE_HOST;
    memcpy.dstHost = &out;
    memcpy.WidthInBytes = 4;
    memcpy.Height = memcpy.Depth = 1;
    OK(cuGraphCreate(&graph, 0));
    OK(cuGraphAddMemcpyNode(&copy, graph, nullptr, 0, &memcpy, setup.session.context()));
    OK(cuGraphAddMemsetNode(&fill, graph, nullptr, 0, &memset, setup.session.context()));
    OK(cuGraphAddKernelNode_v2(&first, graph, &fill, 1, &kernel));
    OK(cuGraphAddKernelNode_v2(&second, graph, &first, 1, &kernel));
    OK(cuGraphAddDependencies(graph, &second, &copy, 1));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuGraphAddDependencies(graph, &copy, &fill, 1));
    size_t count = 0;
    OK(cuGraphNodeGetDependencies(copy, nullptr, &count));
    EQUAL(1u, count);
    OK(cuGraphNodeGetDependentNodes(first, nullptr, &count));
    EQUAL(1u, count);
    setup.run(graph, 2);
    EQUAL(22u, out);
    OK(cuGraphClone(&clone, graph));
    OK(cuGraphDestroy(graph));
    out = 0;
    setup.run(clone, 1);
    EQUAL(22u, out);
    OK(cuGraphDestroy(clone));
}

TEST("graph", a_kernel_node_takes_other_parameters) {
    Setup setup;
    CUdeviceptr elsewhere = test::upload({100});
    OK(cuStreamBeginCapture_v2(setup.stream, CU_STREAM_CAPTURE_MODE_GLOBAL));
    setup.add_one(setup.stream);
    CUgraph graph = setup.end();
    CUgraphExec exec = nullptr;
    CUgraphNode node = nullptr;
    size_t one = 1;
    OK(cuGraphGetNodes(graph, &node, &one));
    OK(cuGraphInstantiateWithFlags(&exec, graph, 0));
    uint32_t rounds = 5;
    void* parameters[] = {&elsewhere, &rounds};
    CUDA_KERNEL_NODE_PARAMS kernel{};
    kernel.func = setup.slow;
    kernel.gridDimX = kernel.gridDimY = kernel.gridDimZ = 1;
    kernel.blockDimX = kernel.blockDimY = kernel.blockDimZ = 1;
    kernel.kernelParams = parameters;
    OK(cuGraphExecKernelNodeSetParams_v2(exec, node, &kernel));
    OK(cuGraphLaunch(exec, setup.stream));
    OK(cuStreamSynchronize(setup.stream));
    EQUAL(0u, test::download(setup.value, 1)[0]);
    EQUAL(101u, test::download(elsewhere, 1)[0]);
    OK(cuGraphExecDestroy(exec));
    OK(cuGraphDestroy(graph));
    OK(cuMemFree_v2(elsewhere));
}

// Since CUDA 13 a C program's cuGraphAddDependencies is the second version, which tells of what kind each edge is.
TEST("graph", edges_of_a_kind) {
    test::Session session;
    CUgraph graph = nullptr;
    CUgraphNode a, b, c;
    OK(cuGraphCreate(&graph, 0));
    for (CUgraphNode* node : {&a, &b, &c}) OK(cuGraphAddEmptyNode(node, graph, nullptr, 0));
    const CUgraphEdgeData plain{};
    CUgraphEdgeData programmatic{};
    programmatic.type = 1;
    OK(cuGraphAddDependencies_v2(graph, &a, &b, nullptr, 1));
    OK(cuGraphAddDependencies_v2(graph, &b, &c, &plain, 1));
    FAILS(CUDA_ERROR_NOT_SUPPORTED, cuGraphAddDependencies_v2(graph, &a, &c, &programmatic, 1));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuGraphAddDependencies_v2(graph, &c, &a, nullptr, 1));
    CUgraphNode from[2], to[2];
    CUgraphEdgeData edges[2] = {programmatic, programmatic};
    size_t count = 2;
    OK(cuGraphGetEdges_v2(graph, from, to, edges, &count));
    EQUAL(2u, count);
    EQUAL(0, (int)edges[0].type + edges[1].type);
    edges[0] = programmatic;
    count = 1;
    OK(cuGraphNodeGetDependencies_v2(c, from, edges, &count));
    TRUE(count == 1 && from[0] == b && edges[0].type == 0);
    edges[0] = programmatic;
    OK(cuGraphNodeGetDependentNodes_v2(a, from, edges, &count));
    TRUE(count == 1 && from[0] == b && edges[0].type == 0);
    OK(cuGraphDestroy(graph));
}

TEST("graph", edges_and_nodes_can_be_taken_out) {
    test::Session session;
    CUgraph graph = nullptr;
    CUgraphNode a, b, c;
    size_t count = 0;
    OK(cuGraphCreate(&graph, 0));
    OK(cuGraphAddEmptyNode(&a, graph, nullptr, 0));
    OK(cuGraphAddEmptyNode(&b, graph, &a, 1));
    OK(cuGraphAddEmptyNode(&c, graph, &b, 1));
    OK(cuGraphRemoveDependencies_v2(graph, &b, &c, nullptr, 1));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuGraphRemoveDependencies(graph, &b, &c, 1));
    OK(cuGraphAddDependencies(graph, &c, &a, 1));
    OK(cuGraphDestroyNode(a));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuGraphDestroyNode(a));
    OK(cuGraphGetNodes(graph, nullptr, &count));
    EQUAL(2u, count);
    OK(cuGraphGetEdges(graph, nullptr, nullptr, &count));
    EQUAL(0u, count);
    CUgraphExec exec = nullptr;
    OK(cuGraphInstantiateWithFlags(&exec, graph, 0));
    OK(cuGraphLaunch(exec, nullptr));
    OK(cuCtxSynchronize());
    OK(cuGraphExecDestroy(exec));
    OK(cuGraphDestroy(graph));
}

}  // namespace
