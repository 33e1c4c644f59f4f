// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// The limit of the comparison: one thread and one epoll, the fields of every request parsed and checked, the same
// fields in every answer. It has neither timeouts nor a drain. Read what is received in place, answer all requests that
// came together with one `send`, stream one chunk for each `writev`, as a handler that makes them one by one.

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "request.h"

enum { chunk_size = 16 * 1024, buffer_size = 64 * 1024, output_size = 256 * 1024 };

struct connection {
    int fd;
    bool waits_for_room;
    bool closes;
    /// Received and not yet understood.
    char *input;
    size_t input_length;
    /// Made and not yet taken by the socket.
    char *output;
    size_t output_length;
    /// Chunks of a stream that are not made yet; the last one, of no bytes, counts.
    int64_t chunks;
    /// Bytes of an upload that have not come yet, and all of it.
    int64_t upload_rest, upload_size;
};

static char received[buffer_size];
static char output[output_size];
static size_t output_length;
static char chunk[chunk_size];
static char date_line[48];
static time_t date_second;
static int epoll;

static void update_date(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (now.tv_sec == date_second) return;
    date_second = now.tv_sec;
    struct tm parts;
    gmtime_r(&now.tv_sec, &parts);
    strftime(date_line, sizeof date_line, "date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
}

static void put(const char *bytes, size_t length) {
    if (output_length + length > sizeof output) abort();
    memcpy(output + output_length, bytes, length);
    output_length += length;
}

static void put_text(const char *text) { put(text, strlen(text)); }

static void put_number(size_t number) {
    char digits[24];
    char *at = digits + sizeof digits;
    do *--at = (char)('0' + number % 10); while (number /= 10);
    put(at, (size_t)(digits + sizeof digits - at));
}

static void answer(const char *status, const char *type, const char *body, size_t length) {
    put_text("HTTP/1.1 ");
    put_text(status);
    put_text("\r\ncontent-type: ");
    put_text(type);
    put_text("\r\n");
    put_text(date_line);
    put_text("content-length: ");
    put_number(length);
    put_text("\r\n\r\n");
    put(body, length);
}

static void answer_json(const char *body, int length) { answer("200 OK", "application/json", body, (size_t)length); }

static void start_stream(struct connection *c, int64_t chunks) {
    put_text("HTTP/1.1 200 OK\r\n");
    put_text(date_line);
    put_text("transfer-encoding: chunked\r\n\r\n");
    c->chunks = chunks + 1;
}

/// Writes text as a JSON string; returns its end.
static char *quote(char *to, const char *from, size_t length) {
    *to++ = '"';
    for (size_t i = 0; i < length; i++) {
        if (from[i] == '"' || from[i] == '\\') *to++ = '\\';
        *to++ = from[i];
    }
    *to++ = '"';
    return to;
}

/// Undoes percent-encoding; returns the length.
static size_t decode(char *to, const char *from, size_t length) {
    char *start = to;
    for (size_t i = 0; i < length; i++) {
        unsigned value;
        if (from[i] == '%' && i + 2 < length && sscanf(from + i + 1, "%2x", &value) == 1) {
            *to++ = (char)value;
            i += 2;
        } else {
            *to++ = from[i] == '+' ? ' ' : from[i];
        }
    }
    return (size_t)(to - start);
}

static void answer_item(const struct request *request) {
    char id[256], q[256], body[1100];
    const char *end = request->query.start + request->query.length;
    size_t id_length = request->path.length - 7;
    if (id_length > sizeof id) id_length = sizeof id;
    id_length = decode(id, request->path.start + 7, id_length);
    char *at = quote(stpcpy(body, "{\"id\":"), id, id_length);
    for (const char *pair = request->query.start; pair < end;) {
        const char *next = memchr(pair, '&', (size_t)(end - pair));
        if (!next) next = end;
        if (next - pair >= 2 && next - pair < 256 && pair[0] == 'q' && pair[1] == '=') {
            size_t q_length = decode(q, pair + 2, (size_t)(next - pair - 2));
            at = quote(stpcpy(at, ",\"q\":"), q, q_length);
            break;
        }
        pair = next + 1;
    }
    *at++ = '}';
    answer_json(body, (int)(at - body));
}

/// Answers a request whose content is at hand; false when it waits for more.
static void respond(struct connection *c, const struct request *request, const char *content) {
    char body[256];
    if (slice_is(request->method, "GET")) {
        if (slice_is(request->path, "/") || slice_is(request->path, "/static"))
            return answer("200 OK", "text/plain;charset=UTF-8", "Hello, World!", 13);
        if (slice_is(request->path, "/json"))
            return answer_json(
                body, snprintf(body, sizeof body, "{\"message\":\"%s\",\"count\":%d,\"ok\":%s}", "Hello, World!", 42,
                               "true"));
        if (request->path.length > 7 && memcmp(request->path.start, "/items/", 7) == 0) return answer_item(request);
        if (slice_is(request->path, "/stream")) return start_stream(c, 100);
        if (slice_is(request->path, "/download")) return start_stream(c, 131072);
    } else if (slice_is(request->method, "POST")) {
        struct summary summary;
        if (slice_is(request->path, "/users") || slice_is(request->path, "/users/typed")) {
            if (!summarize_page(content, (size_t)request->content_length, &summary))
                return answer("400 Bad Request", "text/plain", "", 0);
            return answer_json(
                body, snprintf(body, sizeof body, "{\"users\":%d,\"active\":%d,\"tags\":%d}", summary.users,
                               summary.active, summary.tags));
        }
    }
    answer("404 Not Found", "text/plain", "", 0);
}

/// Understands what it can; returns how many bytes are done with.
static size_t consume(struct connection *c, const char *bytes, size_t length) {
    size_t offset = 0;
    while (!c->closes && c->chunks == 0 && offset < length && output_length < output_size / 2) {
        if (c->upload_rest > 0) {
            int64_t count = (int64_t)(length - offset) < c->upload_rest ? (int64_t)(length - offset) : c->upload_rest;
            c->upload_rest -= count;
            offset += (size_t)count;
            if (c->upload_rest > 0) break;
            char body[64];
            answer_json(body, snprintf(body, sizeof body, "{\"bytes\":%lld}", (long long)c->upload_size));
            continue;
        }
        struct request request;
        long head = parse_request(bytes + offset, length - offset, &request);
        if (head == 0) break;
        if (head < 0) {
            answer("400 Bad Request", "text/plain", "", 0);
            c->closes = true;
            break;
        }
        if (slice_is(request.path, "/upload") && request.content_length > 0) {
            c->upload_rest = c->upload_size = request.content_length;
            offset += (size_t)head;
            continue;
        }
        if ((int64_t)(length - offset) - head < request.content_length) break;
        respond(c, &request, bytes + offset + head);
        if (!request.keeps_alive) c->closes = true;
        offset += (size_t)head + (size_t)request.content_length;
    }
    return offset;
}

static void end(struct connection *c) {
    close(c->fd);
    free(c->input);
    free(c->output);
    free(c);
}

static void watch(struct connection *c, bool waits_for_room) {
    if (c->waits_for_room == waits_for_room) return;
    c->waits_for_room = waits_for_room;
    struct epoll_event event = {.events = waits_for_room ? EPOLLOUT : EPOLLIN, .data.ptr = c};
    epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &event);
}

static void keep(struct connection *c, const char *bytes, size_t length) {
    char *grown = realloc(c->output, c->output_length + length);
    if (!grown) abort();
    memcpy(grown + c->output_length, bytes, length);
    c->output = grown;
    c->output_length += length;
}

/// Writes the common output buffer; false when the connection is gone.
static bool flush(struct connection *c) {
    ssize_t sent = output_length > 0 ? send(c->fd, output, output_length, MSG_NOSIGNAL) : 0;
    if (sent < 0 && errno != EAGAIN) return false;
    if (sent < 0) sent = 0;
    if ((size_t)sent < output_length) keep(c, output + sent, output_length - (size_t)sent);
    output_length = 0;
    return true;
}

/// Makes and writes chunks until the socket takes no more.
static bool stream(struct connection *c) {
    static const char size[] = "4000\r\n", line_end[] = "\r\n", last[] = "0\r\n\r\n";
    while (c->chunks > 0 && c->output_length == 0) {
        struct iovec parts[] = {{output, output_length}, {(void *)size, 6}, {chunk, chunk_size}, {(void *)line_end, 2}};
        int count = 4;
        if (c->chunks == 1) {
            parts[1] = (struct iovec){(void *)last, 5};
            count = 2;
        }
        ssize_t sent = writev(c->fd, parts, count);
        if (sent < 0 && errno != EAGAIN) return false;
        if (sent < 0) sent = 0;
        for (int i = 0; i < count; i++) {
            size_t taken = (size_t)sent < parts[i].iov_len ? (size_t)sent : parts[i].iov_len;
            sent -= (ssize_t)taken;
            if (taken < parts[i].iov_len) keep(c, (char *)parts[i].iov_base + taken, parts[i].iov_len - taken);
        }
        output_length = 0;
        c->chunks--;
    }
    return true;
}

static bool advance(struct connection *c) {
    if (!(c->chunks > 0 ? stream(c) : flush(c))) return false;
    if (c->output_length > 0) {
        watch(c, true);
        return true;
    }
    watch(c, false);
    return !c->closes;
}

static bool readable(struct connection *c) {
    ssize_t count = read(c->fd, received, sizeof received - 1);
    if (count <= 0) return count < 0 && errno == EAGAIN;
    const char *bytes = received;
    size_t length = (size_t)count;
    if (c->input) {
        char *grown = realloc(c->input, c->input_length + length + 1);
        if (!grown) return false;
        memcpy(grown + c->input_length, received, length);
        c->input = grown;
        c->input_length += length;
        bytes = grown;
        length = c->input_length;
    }
    ((char *)bytes)[length] = 0;
    size_t done = consume(c, bytes, length);
    if (done == length) {
        free(c->input);
        c->input = NULL;
        c->input_length = 0;
    } else if (c->input) {
        memmove(c->input, c->input + done, length - done);
        c->input_length = length - done;
    } else {
        c->input = malloc(length - done + 1);
        if (!c->input) return false;
        memcpy(c->input, bytes + done, length - done);
        c->input_length = length - done;
    }
    return advance(c);
}

static bool writable(struct connection *c) {
    ssize_t sent = send(c->fd, c->output, c->output_length, MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN;
    memmove(c->output, c->output + sent, c->output_length - (size_t)sent);
    c->output_length -= (size_t)sent;
    if (c->output_length > 0) return true;
    free(c->output);
    c->output = NULL;
    return advance(c);
}

static void accept_all(int listener) {
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        struct connection *c = calloc(1, sizeof *c);
        if (!c) abort();
        c->fd = fd;
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

int main(void) {
    const char *port = getenv("PORT");
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)(port ? atoi(port) : 3000)),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    signal(SIGPIPE, SIG_IGN);
    memset(chunk, 'x', sizeof chunk);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, SOMAXCONN) != 0) {
        perror("server-c");
        return 1;
    }
    epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    struct epoll_event events[256];
    for (;;) {
        int count = epoll_wait(epoll, events, 256, -1);
        update_date();
        for (int i = 0; i < count; i++) {
            struct connection *c = events[i].data.ptr;
            if (!c) {
                accept_all(listener);
                continue;
            }
            bool lives = c->waits_for_room ? writable(c) : readable(c);
            if (!lives) end(c);
        }
    }
}
