// Graphs: nodes, edges, and launching them.
#include "driver/graph.h"

#include <algorithm>

#include "driver/api/call.h"
#include "driver/api/places.h"
#include "driver/host_call.h"
#include "driver/kernel_launch.h"

using namespace ridgepoint::emulator::driver;

namespace {

// Adds a node for what `make` makes.
template <class Make>
CUresult add_node(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies, size_t count, Make&& make,
                  const char* function = __builtin_FUNCTION()) {
    return in_context(
        [&](Context& context) {
            require(node && (dependencies || count == 0));
            std::shared_ptr<Graph> found = registry().graphs.get(graph);
            Nodes before;
            for (size_t i = 0; i < count; i++) before.push_back(registry().nodes.get(dependencies[i]));
            *node = found->add(make(context), before)->handle;
        },
        function);
}

std::shared_ptr<KernelLaunch> kernel_launch(const CUDA_KERNEL_NODE_PARAMS* parameters) {
    require(parameters);
    LaunchRequest request;
    request.grid = {parameters->gridDimX, parameters->gridDimY, parameters->gridDimZ};
    request.block = {parameters->blockDimX, parameters->blockDimY, parameters->blockDimZ};
    request.dynamic_shared = parameters->sharedMemBytes;
    request.parameters = parameters->kernelParams;
    request.extra = parameters->extra;
    return std::make_shared<KernelLaunch>(registry().functions.get(parameters->func), request);
}

std::shared_ptr<const Operation> as_sequence(const Graph& graph) {
    std::vector<std::shared_ptr<const Operation>> operations;
    for (auto& node : graph.ordered()) operations.push_back(node->operation);
    return std::make_shared<Sequence>(std::move(operations));
}

// Answers a list in the way of all of these functions: only its length if there is no array for it.
template <class Handle>
void answer_list(const std::vector<Handle>& list, Handle* to, size_t* count) {
    require(count);
    if (to) {
        std::copy_n(list.begin(), std::min(*count, list.size()), to);
        std::fill(to + std::min(*count, list.size()), to + *count, nullptr);
    }
    *count = to ? std::min(*count, list.size()) : list.size();
}

template <class Condition>
std::vector<CUgraphNode> handles_if(const Nodes& nodes, Condition condition) {
    std::vector<CUgraphNode> handles;
    for (auto& node : nodes) {
        if (condition(*node)) handles.push_back(node->handle);
    }
    return handles;
}

template <class Body>
CUresult on_graph(CUgraph handle, Body&& body, const char* function = __builtin_FUNCTION()) {
    return call_initialised([&] { body(*registry().graphs.get(handle)); }, function);
}

template <class Body>
CUresult on_node(CUgraphNode handle, Body&& body, const char* function = __builtin_FUNCTION()) {
    return call_initialised([&] { body(*registry().nodes.get(handle)); }, function);
}

// The way of the second versions, which tell of what kind each edge is: here all are of the plain one.
void require_plain(const CUgraphEdgeData* edges, size_t count) {
    for (size_t i = 0; edges && i < count; i++) {
        const CUgraphEdgeData& edge = edges[i];
        require(edge.from_port == 0 && edge.to_port == 0 && edge.type == 0, CUDA_ERROR_NOT_SUPPORTED);
    }
}

// Tells the kind of each edge of a list that `list` answers.
template <class List>
CUresult with_edges(CUgraphEdgeData* edges, bool has_room, size_t* count, List&& list) {
    const CUresult result = list();
    if (result == CUDA_SUCCESS && edges && has_room) std::fill_n(edges, *count, CUgraphEdgeData{});
    return result;
}

CUgraph registered(const std::shared_ptr<Graph>& graph) { return graph->handle = registry().graphs.add(graph); }

}  // namespace

CUresult cuGraphCreate(CUgraph* graph, unsigned int flags) {
    return call_initialised([&] {
        require(graph && flags == 0);
        *graph = registered(std::make_shared<Graph>());
    });
}

CUresult cuGraphClone(CUgraph* clone, CUgraph original) {
    return on_graph(original, [&](const Graph& graph) {
        require(clone);
        *clone = registered(graph.clone());
    });
}

CUresult cuGraphDestroy(CUgraph graph) {
    return call_initialised([&] { registry().graphs.remove(graph); });
}

CUresult cuGraphAddKernelNode_v2(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies, size_t count,
                                 const CUDA_KERNEL_NODE_PARAMS* parameters) {
    return add_node(node, graph, dependencies, count, [&](Context&) { return kernel_launch(parameters); });
}

CUresult cuGraphAddMemcpyNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies, size_t count,
                              const CUDA_MEMCPY3D* parameters, CUcontext) {
    return add_node(node, graph, dependencies, count, [&](Context& context) {
        Region region = region_of(parameters);
        auto copy = std::make_shared<Copy>(region.to, region.from, region.extent);
        copy->check(context);
        return copy;
    });
}

CUresult cuGraphAddMemsetNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies, size_t count,
                              const CUDA_MEMSET_NODE_PARAMS* parameters, CUcontext) {
    return add_node(node, graph, dependencies, count, [&](Context& context) {
        require(parameters);
        unsigned element = parameters->elementSize;
        require(element == 1 || element == 2 || element == 4);
        auto fill = std::make_shared<Fill>(Place{true, parameters->dst, parameters->pitch, 0}, parameters->value,
                                           element, Extent{parameters->width * element, parameters->height});
        fill->check(context);
        return fill;
    });
}

CUresult cuGraphAddHostNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies, size_t count,
                            const CUDA_HOST_NODE_PARAMS* parameters) {
    return add_node(node, graph, dependencies, count, [&](Context&) {
        require(parameters && parameters->fn);
        return std::make_shared<HostCall>(parameters->fn, parameters->userData);
    });
}

// The child as it is now: it is copied.
CUresult cuGraphAddChildGraphNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies, size_t count,
                                  CUgraph child) {
    return add_node(node, graph, dependencies, count,
                    [&](Context&) { return as_sequence(*registry().graphs.get(child)); });
}

CUresult cuGraphAddEmptyNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies, size_t count) {
    return add_node(node, graph, dependencies, count, [](Context&) { return std::make_shared<Nothing>(); });
}

CUresult cuGraphAddDependencies(CUgraph handle, const CUgraphNode* from, const CUgraphNode* to, size_t count) {
    return on_graph(handle, [&](Graph& graph) {
        require((from && to) || count == 0);
        for (size_t i = 0; i < count; i++) {
            graph.add_edge(*registry().nodes.get(from[i]), *registry().nodes.get(to[i]));
        }
    });
}

CUresult cuGraphAddDependencies_v2(CUgraph graph, const CUgraphNode* from, const CUgraphNode* to,
                                   const CUgraphEdgeData* edges, size_t count) {
    return call([&] {
        require_plain(edges, count);
        return cuGraphAddDependencies(graph, from, to, count);
    });
}

CUresult cuGraphRemoveDependencies(CUgraph handle, const CUgraphNode* from, const CUgraphNode* to, size_t count) {
    return on_graph(handle, [&](Graph& graph) {
        require((from && to) || count == 0);
        for (size_t i = 0; i < count; i++) {
            graph.remove_edge(*registry().nodes.get(from[i]), *registry().nodes.get(to[i]));
        }
    });
}

CUresult cuGraphRemoveDependencies_v2(CUgraph graph, const CUgraphNode* from, const CUgraphNode* to,
                                      const CUgraphEdgeData* edges, size_t count) {
    return call([&] {
        require_plain(edges, count);
        return cuGraphRemoveDependencies(graph, from, to, count);
    });
}

CUresult cuGraphDestroyNode(CUgraphNode handle) {
    return call_initialised([&] {
        std::shared_ptr<Node> node = registry().nodes.get(handle);
        node->graph.remove(*node);
    });
}

CUresult cuGraphGetNodes(CUgraph handle, CUgraphNode* nodes, size_t* count) {
    return on_graph(handle, [&](const Graph& graph) {
        answer_list(handles_if(graph.nodes(), [](auto&) { return true; }), nodes, count);
    });
}

CUresult cuGraphGetRootNodes(CUgraph handle, CUgraphNode* nodes, size_t* count) {
    return on_graph(handle, [&](const Graph& graph) {
        answer_list(handles_if(graph.nodes(), [](const Node& node) { return node.dependencies.empty(); }), nodes,
                    count);
    });
}

CUresult cuGraphGetEdges(CUgraph handle, CUgraphNode* from, CUgraphNode* to, size_t* count) {
    return on_graph(handle, [&](const Graph& graph) {
        std::vector<CUgraphNode> froms, tos;
        for (auto& node : graph.nodes()) {
            for (Node* dependency : node->dependencies) {
                froms.push_back(dependency->handle);
                tos.push_back(node->handle);
            }
        }
        require(count && !from == !to);
        size_t room = *count;
        answer_list(froms, from, count);
        answer_list(tos, to, &(to ? room : *count));
    });
}

CUresult cuGraphGetEdges_v2(CUgraph graph, CUgraphNode* from, CUgraphNode* to, CUgraphEdgeData* edges, size_t* count) {
    return with_edges(edges, from && to, count, [&] { return cuGraphGetEdges(graph, from, to, count); });
}

CUresult cuGraphNodeGetType(CUgraphNode handle, CUgraphNodeType* type) {
    return on_node(handle, [&](const Node& node) {
        require(type);
        *type = node.operation->type();
    });
}

CUresult cuGraphNodeGetDependencies(CUgraphNode handle, CUgraphNode* dependencies, size_t* count) {
    return on_node(handle, [&](const Node& node) {
        std::vector<CUgraphNode> handles;
        for (Node* dependency : node.dependencies) handles.push_back(dependency->handle);
        answer_list(handles, dependencies, count);
    });
}

CUresult cuGraphNodeGetDependentNodes(CUgraphNode handle, CUgraphNode* dependents, size_t* count) {
    return on_node(handle, [&](const Node& node) {
        auto depends = [&](const Node& other) {
            return std::find(other.dependencies.begin(), other.dependencies.end(), &node) != other.dependencies.end();
        };
        answer_list(handles_if(node.graph.nodes(), depends), dependents, count);
    });
}

CUresult cuGraphNodeGetDependencies_v2(CUgraphNode node, CUgraphNode* dependencies, CUgraphEdgeData* edges,
                                       size_t* count) {
    return with_edges(edges, dependencies, count, [&] { return cuGraphNodeGetDependencies(node, dependencies, count); });
}

CUresult cuGraphNodeGetDependentNodes_v2(CUgraphNode node, CUgraphNode* dependents, CUgraphEdgeData* edges,
                                         size_t* count) {
    return with_edges(edges, dependents, count, [&] { return cuGraphNodeGetDependentNodes(node, dependents, count); });
}

CUresult cuGraphInstantiateWithFlags(CUgraphExec* exec, CUgraph handle, unsigned long long) {
    return on_graph(handle, [&](const Graph& graph) {
        require(exec);
        *exec = registry().execs.add(std::make_shared<GraphExec>(graph));
    });
}

CUresult cuGraphExecKernelNodeSetParams_v2(CUgraphExec exec, CUgraphNode node,
                                           const CUDA_KERNEL_NODE_PARAMS* parameters) {
    return in_context([&](Context&) { registry().execs.get(exec)->replace(node, kernel_launch(parameters)); });
}

CUresult cuGraphExecDestroy(CUgraphExec exec) {
    return call_initialised([&] { registry().execs.remove(exec); });
}

CUresult cuGraphUpload(CUgraphExec exec, CUstream handle) {
    return on_stream(handle, [&](Context&, const std::shared_ptr<Stream>&) { registry().execs.get(exec); });
}

CUresult cuGraphLaunch(CUgraphExec exec, CUstream handle) {
    if (launches_are_noops()) return CUDA_SUCCESS;
    return on_stream(handle, [&](Context& context, const std::shared_ptr<Stream>& stream) {
        context.streams().submit(stream, registry().execs.get(exec)->sequence());
    });
}
