#include "driver/graph.h"

#include <algorithm>
#include <map>
#include <set>

#include "driver/context.h"
#include "driver/errors.h"
#include "driver/registry.h"

namespace ridgepoint::emulator::driver {

void Sequence::run(Turn& turn) const {
    for (auto& operation : operations_) {
        if (turn.context.health() == CUDA_SUCCESS || operation->runs_after_fault()) operation->run(turn);
    }
}

uint64_t Sequence::launches() const {
    uint64_t sum = 0;
    for (auto& operation : operations_) sum += operation->launches();
    return sum;
}

Graph::~Graph() {
    registry().nodes.remove_if([this](const Node& node) { return &node.graph == this; });
}

std::shared_ptr<Node> Graph::add(std::shared_ptr<const Operation> operation, const Nodes& dependencies) {
    auto node = std::make_shared<Node>(*this, std::move(operation));
    for (auto& dependency : dependencies) {
        require(&dependency->graph == this);
        node->dependencies.push_back(dependency.get());
    }
    node->handle = registry().nodes.add(node);
    nodes_.push_back(node);
    return node;
}

void Graph::add_edge(Node& from, Node& to) {
    require(&from.graph == this && &to.graph == this && !reaches(to, from));
    to.dependencies.push_back(&from);
}

void Graph::remove_edge(Node& from, Node& to) {
    auto found = std::find(to.dependencies.begin(), to.dependencies.end(), &from);
    require(&to.graph == this && found != to.dependencies.end());
    to.dependencies.erase(found);
}

void Graph::remove(Node& node) {
    for (auto& other : nodes_) {
        auto& before = other->dependencies;
        before.erase(std::remove(before.begin(), before.end(), &node), before.end());
    }
    registry().nodes.remove(node.handle);
    nodes_.erase(std::find_if(nodes_.begin(), nodes_.end(), [&](auto& other) { return other.get() == &node; }));
}

std::shared_ptr<Graph> Graph::clone() const {
    auto clone = std::make_shared<Graph>();
    std::map<const Node*, Node*> copies;
    for (auto& node : nodes_) copies[node.get()] = clone->add(node->operation, {}).get();
    for (auto& node : nodes_) {
        for (Node* dependency : node->dependencies) copies[node.get()]->dependencies.push_back(copies[dependency]);
    }
    return clone;
}

Nodes Graph::ordered() const {
    Nodes ordered;
    std::set<const Node*> placed;
    auto ready = [&](const Node& node) {
        return std::all_of(node.dependencies.begin(), node.dependencies.end(),
                           [&](const Node* dependency) { return placed.count(dependency) != 0; });
    };
    while (ordered.size() < nodes_.size()) {
        for (auto& node : nodes_) {
            if (placed.count(node.get()) || !ready(*node)) continue;
            placed.insert(node.get());
            ordered.push_back(node);
        }
    }
    return ordered;
}

bool Graph::reaches(const Node& from, const Node& to) const {
    std::set<const Node*> seen{&to};
    std::vector<const Node*> open{&to};
    while (!open.empty()) {
        const Node* node = open.back();
        open.pop_back();
        if (node == &from) return true;
        for (const Node* dependency : node->dependencies) {
            if (seen.insert(dependency).second) open.push_back(dependency);
        }
    }
    return false;
}

GraphExec::GraphExec(const Graph& graph) {
    for (auto& node : graph.ordered()) operations_.emplace_back(node->handle, node->operation);
}

void GraphExec::replace(CUgraphNode node, std::shared_ptr<const Operation> operation) {
    std::lock_guard lock(mutex_);
    auto found = std::find_if(operations_.begin(), operations_.end(), [&](auto& entry) { return entry.first == node; });
    require(found != operations_.end() && found->second->type() == operation->type());
    found->second = std::move(operation);
}

std::shared_ptr<const Sequence> GraphExec::sequence() const {
    std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<const Operation>> operations;
    for (auto& [node, operation] : operations_) operations.push_back(operation);
    return std::make_shared<Sequence>(std::move(operations));
}

}  // namespace ridgepoint::emulator::driver
