// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// The clients of `compare`: one thread and one epoll, closed loops over keep-alive connections. Every answer is checked:
// its status, its length, and its content where that is short or the answer the first.

#define _GNU_SOURCE

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "load.h"

static void pin(int core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    if (sched_setaffinity(0, sizeof cores, &cores) != 0) fail("there is no core %d", core);
}

int main(int count, char **arguments) {
    struct options options = {
        .port = 3000, .connections = 64, .depth = 1, .seconds = 1, .method = "GET", .path = "/", .rounds = 1};
    // The server's descriptors are inherited by those that `start` runs.
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (count < 2) fail("run, idle or start?");
    for (int i = 2; i < count; i++) {
        const char *name = arguments[i];
        if (strcmp(name, "--") == 0) {
            options.command = arguments + i + 1;
            break;
        }
        const char *value = i + 1 < count ? arguments[++i] : "";
        if (strcmp(name, "--port") == 0) options.port = atoi(value);
        else if (strcmp(name, "--pid") == 0) options.pid = atoi(value);
        else if (strcmp(name, "--connections") == 0) options.connections = atoi(value);
        else if (strcmp(name, "--depth") == 0) options.depth = atoi(value);
        else if (strcmp(name, "--warm-up") == 0) options.warm_up = atof(value);
        else if (strcmp(name, "--seconds") == 0) options.seconds = atof(value);
        else if (strcmp(name, "--requests") == 0) options.requests = atoll(value);
        else if (strcmp(name, "--method") == 0) options.method = value;
        else if (strcmp(name, "--path") == 0) options.path = value;
        else if (strcmp(name, "--body") == 0) options.body_file = value;
        else if (strcmp(name, "--upload") == 0) options.upload = atoll(value);
        else if (strcmp(name, "--expect") == 0) {
            options.expected = value;
            options.expected_length = (int64_t)strlen(value);
        } else if (strcmp(name, "--expect-length") == 0) options.expected_length = atoll(value);
        else if (strcmp(name, "--rounds") == 0) options.rounds = atoi(value);
        else if (strcmp(name, "--core") == 0) pin(atoi(value));
        else if (strcmp(name, "--server-core") == 0) options.core = atoi(value);
        else fail("what is %s?", name);
    }
    if (options.connections < 1 || options.depth < 1 || options.rounds < 1) fail("less than one");
    if (strcmp(arguments[1], "run") == 0) run_load(&options);
    else if (strcmp(arguments[1], "idle") == 0) run_idle(&options);
    else if (strcmp(arguments[1], "start") == 0 && options.command) run_starts(&options);
    else fail("run, idle or start?");
}
