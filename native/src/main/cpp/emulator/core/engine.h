// All that a driver needs of the emulator's core: load PTX, bind it to memory, launch a kernel.
//
//     auto module = Module::load(ptx, {});                          // throws LoadError: line, column, opcode
//     auto program = Program::bind(module, addresses);              // one device address for every module variable
//     for each variable v: copy program->initial_bytes(v) to it
//     LaunchResult done = launch(*program, *module->kernel("k"), config, environment);
//     if (done.fault) the context is dead: report done.fault->text(), answer (CUresult)done.fault->kind
//
// A Module and a Program are immutable: any number of threads may launch them at once. The core keeps no global state.
// Memory belongs to the driver: the core sees it as the MemoryMap given to each launch, and checks every access
// against it.
#pragma once

#include "fault.h"
#include "launch.h"
#include "memory_map.h"
#include "module.h"
#include "program.h"
