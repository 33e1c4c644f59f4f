// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "load.h"

enum { buffer_size = 256 * 1024 };

struct client {
    int fd;
    struct answer_reader reader;
    /// How much of what it has to send is out.
    int64_t sent;
    int open_requests;
    int64_t started;
    bool waits_for_room;
};

/// Sends what is left of a batch of requests: `depth` times the message, or one message and its upload.
static void send_rest(struct client *client, const struct options *options, struct message batch, int epoll) {
    static char filler[buffer_size];
    int64_t total = (int64_t)batch.length + options->upload;
    while (client->sent < total) {
        bool in_batch = client->sent < (int64_t)batch.length;
        int64_t rest = in_batch ? (int64_t)batch.length - client->sent : total - client->sent;
        const char *from = in_batch ? batch.bytes + client->sent : filler;
        if (!in_batch && rest > buffer_size) rest = buffer_size;
        ssize_t count = send(client->fd, from, (size_t)rest, MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN) fail("%s: the server has closed", options->path);
        if (count < 0) break;
        client->sent += count;
    }
    bool waits = client->sent < total;
    if (waits == client->waits_for_room) return;
    client->waits_for_room = waits;
    struct epoll_event event = {.events = EPOLLIN | (waits ? EPOLLOUT : 0), .data.ptr = client};
    epoll_ctl(epoll, EPOLL_CTL_MOD, client->fd, &event);
}

static void begin(struct client *client, const struct options *options, struct message batch, int epoll) {
    client->sent = 0;
    client->open_requests = options->depth;
    client->started = now_nanoseconds();
    send_rest(client, options, batch, epoll);
}

static struct message repeat(struct message one, int count) {
    struct message batch = {malloc(one.length * (size_t)count), one.length * (size_t)count};
    if (!batch.bytes) fail("no memory");
    for (int i = 0; i < count; i++) memcpy(batch.bytes + one.length * (size_t)i, one.bytes, one.length);
    return batch;
}

void run_load(const struct options *options) {
    static char received[buffer_size];
    struct message batch = repeat(request_message(options), options->depth);
    struct histogram *latencies = calloc(1, sizeof *latencies);
    struct client *clients = calloc((size_t)options->connections, sizeof *clients);
    if (!latencies || !clients) fail("no memory");
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < options->connections; i++) {
        clients[i].fd = connect_to(options->port);
        if (clients[i].fd < 0) fail("nobody listens on port %d", options->port);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &clients[i]};
        epoll_ctl(epoll, EPOLL_CTL_ADD, clients[i].fd, &event);
    }
    bool is_warm = options->warm_up <= 0;
    int64_t begun = now_nanoseconds(), warm_end = begun + (int64_t)(options->warm_up * 1e9), end = INT64_MAX;
    int64_t answers = 0, left = options->requests > 0 ? options->requests : INT64_MAX;
    struct usage before = usage_of(options->pid);
    if (is_warm && options->requests == 0) end = begun + (int64_t)(options->seconds * 1e9);
    for (int i = 0; i < options->connections && left > 0; i++, left -= options->depth)
        begin(&clients[i], options, batch, epoll);
    int open = 0;
    for (int i = 0; i < options->connections; i++) open += clients[i].open_requests > 0;
    int64_t now = begun;
    struct epoll_event events[256];
    while (open > 0) {
        int count = epoll_wait(epoll, events, 256, 10000);
        if (count == 0) fail("%s: no answer within ten seconds", options->path);
        now = now_nanoseconds();
        if (!is_warm && now >= warm_end) {
            is_warm = true;
            answers = 0;
            memset(latencies, 0, sizeof *latencies);
            before = usage_of(options->pid);
            begun = now = now_nanoseconds();
            end = begun + (int64_t)(options->seconds * 1e9);
        }
        if (now >= end) break;
        for (int i = 0; i < count; i++) {
            struct client *client = events[i].data.ptr;
            if (events[i].events & EPOLLOUT) send_rest(client, options, batch, epoll);
            if (!(events[i].events & ~(uint32_t)EPOLLOUT)) continue;
            ssize_t length = recv(client->fd, received, sizeof received, 0);
            if (length < 0 && errno == EAGAIN) continue;
            if (length <= 0) fail("%s: the server has closed", options->path);
            int complete = read_answers(&client->reader, options, received, (size_t)length);
            client->open_requests -= complete;
            answers += complete;
            for (int k = 0; k < complete; k++) histogram_add(latencies, now - client->started);
            if (client->open_requests < 0) fail("%s: more answers than requests", options->path);
            if (client->open_requests > 0) continue;
            if (left > 0) {
                left -= options->depth;
                begin(client, options, batch, epoll);
            } else {
                open--;
            }
        }
    }
    now = now_nanoseconds();
    struct usage after = usage_of(options->pid);
    printf(
        "{\"requests\":%lld,\"seconds\":%.6f,\"p50\":%.2f,\"p99\":%.2f,\"cpu\":%lld,\"userTicks\":%lld,"
        "\"systemTicks\":%lld,\"rss\":%lld}\n",
        (long long)answers, (double)(now - begun) / 1e9, histogram_percentile(latencies, 0.5),
        histogram_percentile(latencies, 0.99), (long long)(after.cpu - before.cpu),
        (long long)(after.user_ticks - before.user_ticks), (long long)(after.system_ticks - before.system_ticks),
        (long long)after.rss);
}
