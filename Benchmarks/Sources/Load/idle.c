// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "load.h"

/// Sends one request and waits for its answer.
static void ask(int fd, const struct options *options, struct message request) {
    char received[16 * 1024];
    struct answer_reader reader = {0};
    if (send(fd, request.bytes, request.length, MSG_NOSIGNAL) != (ssize_t)request.length) fail("a request does not go out");
    for (;;) {
        struct pollfd readable = {.fd = fd, .events = POLLIN};
        if (poll(&readable, 1, 10000) != 1) fail("no answer within ten seconds");
        ssize_t length = recv(fd, received, sizeof received, 0);
        if (length < 0 && errno == EAGAIN) continue;
        if (length <= 0) fail("the server has closed");
        if (read_answers(&reader, options, received, (size_t)length) > 0) return;
    }
}

static int connect_and_ask(const struct options *options, struct message request) {
    int fd = connect_to(options->port);
    if (fd < 0) fail("nobody listens on port %d", options->port);
    ask(fd, options, request);
    return fd;
}

/// Opens connections, sends a request on each, and leaves them be: what the server needs for one.
void run_idle(const struct options *options) {
    struct message request = request_message(options);
    // What the first ones cost is the server's own.
    for (int i = 0; i < 64; i++) connect_and_ask(options, request);
    struct usage before = usage_of(options->pid);
    for (int i = 0; i < options->connections; i++) connect_and_ask(options, request);
    usleep(300 * 1000);
    struct usage after = usage_of(options->pid);
    printf(
        "{\"connections\":%d,\"rss\":%lld,\"bytesPerConnection\":%.1f}\n", options->connections, (long long)after.rss,
        (double)(after.rss - before.rss) / options->connections);
}
