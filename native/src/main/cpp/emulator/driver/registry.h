// All live handles of the process.
#pragma once

#include "driver/handles.h"

namespace ridgepoint::emulator::driver {

class Context;
class LoadedModule;
class Function;
class Stream;
class Event;
class Graph;
class Node;
class GraphExec;

struct Registry {
    Handles<CUcontext, Context> contexts;
    Handles<CUmodule, LoadedModule> modules;
    Handles<CUfunction, Function> functions;
    Handles<CUstream, Stream> streams;
    Handles<CUevent, Event> events;
    Handles<CUgraph, Graph> graphs;
    Handles<CUgraphNode, Node> nodes;
    Handles<CUgraphExec, GraphExec> execs;
};

Registry& registry();

}  // namespace ridgepoint::emulator::driver
