// Graphs of operations: built by capture or node by node, and run in an order that their edges allow.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "driver/abi/types.h"
#include "driver/operation.h"

namespace ridgepoint::emulator::driver {

class Graph;
class Node;

class Nothing : public Operation {
  public:
    void run(Turn&) const override {}
    CUgraphNodeType type() const override { return CU_GRAPH_NODE_TYPE_EMPTY; }
};

// Several operations as one.
class Sequence : public Operation {
  public:
    explicit Sequence(std::vector<std::shared_ptr<const Operation>> operations) : operations_(std::move(operations)) {}

    void run(Turn& turn) const override;
    CUgraphNodeType type() const override { return CU_GRAPH_NODE_TYPE_GRAPH; }
    uint64_t launches() const override;

  private:
    const std::vector<std::shared_ptr<const Operation>> operations_;
};

using Nodes = std::vector<std::shared_ptr<Node>>;

// A node; its graph owns it, and edges lead to nodes of the same graph only.
class Node {
  public:
    Node(Graph& owner, std::shared_ptr<const Operation> work) : graph(owner), operation(std::move(work)) {}

    Graph& graph;
    const std::shared_ptr<const Operation> operation;
    std::vector<Node*> dependencies;
    CUgraphNode handle = nullptr;
};

class Graph {
  public:
    Graph() = default;
    ~Graph();
    Graph(const Graph&) = delete;

    std::shared_ptr<Node> add(std::shared_ptr<const Operation> operation, const Nodes& dependencies);
    // Throws DriverError(INVALID_VALUE) if a node is of another graph or the edge would close a circle.
    void add_edge(Node& from, Node& to);
    // Throws DriverError(INVALID_VALUE) if there is no such edge.
    void remove_edge(Node& from, Node& to);
    // Takes the node out, with its edges and its handle.
    void remove(Node& node);
    const Nodes& nodes() const { return nodes_; }
    std::shared_ptr<Graph> clone() const;
    // Each node after all it depends on, as early as it was added.
    Nodes ordered() const;
    bool reaches(const Node& from, const Node& to) const;

    CUgraph handle = nullptr;

  private:
    Nodes nodes_;
};

// A graph ready to be launched: later changes of the graph do not change it.
class GraphExec {
  public:
    explicit GraphExec(const Graph& graph);

    // Puts another operation into the place of a node's; throws DriverError(INVALID_VALUE) if it is not of its type.
    void replace(CUgraphNode node, std::shared_ptr<const Operation> operation);
    std::shared_ptr<const Sequence> sequence() const;

  private:
    mutable std::mutex mutex_;
    std::vector<std::pair<CUgraphNode, std::shared_ptr<const Operation>>> operations_;
};

}  // namespace ridgepoint::emulator::driver
