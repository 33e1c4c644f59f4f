// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "load.h"

struct message request_message(const struct options *options) {
    char *content = NULL;
    size_t length = 0;
    if (options->body_file) {
        FILE *file = fopen(options->body_file, "r");
        if (!file) fail("%s can't be read", options->body_file);
        content = malloc(1 << 20);
        length = content ? fread(content, 1, 1 << 20, file) : 0;
        fclose(file);
    }
    char *bytes = malloc(4096 + length);
    if (!bytes) fail("no memory");
    int head = snprintf(
        bytes, 4096, "%s %s HTTP/1.1\r\nhost: 127.0.0.1:%d\r\nuser-agent: load/1\r\naccept: */*\r\n", options->method,
        options->path, options->port);
    if (content || options->upload > 0)
        head += snprintf(
            bytes + head, 4096 - (size_t)head, "content-type: %s\r\ncontent-length: %lld\r\n",
            content ? "application/json" : "application/octet-stream",
            (long long)(content ? (int64_t)length : options->upload));
    head += snprintf(bytes + head, 4096 - (size_t)head, "\r\n");
    if (content) memcpy(bytes + head, content, length);
    free(content);
    return (struct message){bytes, (size_t)head + length};
}

/// Reads the head of an answer that must be a 200; sets what follows.
static void read_head(struct answer_reader *reader, const struct options *options, const char *head, size_t length) {
    if (length < 13 || memcmp(head, "HTTP/1.1 200", 12) != 0)
        fail("%s %s: not a 200: %.*s", options->method, options->path, (int)length, head);
    reader->rest = -1;
    reader->length = 0;
    bool is_chunked = false;
    const char *line = memchr(head, '\n', length), *end = head + length;
    while (line && ++line < end) {
        size_t rest = (size_t)(end - line);
        if (rest > 15 && (line[0] | 32) == 'c' && strncasecmp(line, "content-length:", 15) == 0)
            reader->rest = atoll(line + 15);
        if (rest > 18 && (line[0] | 32) == 't' && strncasecmp(line, "transfer-encoding:", 18) == 0) is_chunked = true;
        line = memchr(line, '\n', rest);
    }
    if (is_chunked == (reader->rest >= 0)) fail("%s: not framed:\n%.*s", options->path, (int)length, head);
    reader->state = is_chunked ? in_chunk_size : in_content;
}

/// Compares a part of an answer's content with what is expected there.
static void compare(
    struct answer_reader *reader, const struct options *options, const char *bytes, size_t length, bool checks_bytes
) {
    int64_t end = reader->length + (int64_t)length;
    if (end > options->expected_length) fail("%s: more than %lld bytes", options->path, (long long)options->expected_length);
    if (options->expected) {
        if (memcmp(options->expected + reader->length, bytes, length) != 0)
            fail("%s: %.*s and not %s", options->path, (int)length, bytes, options->expected);
    } else if (checks_bytes) {
        for (size_t i = 0; i < length; i++)
            if (bytes[i] != 'x') fail("%s: a byte is no x", options->path);
    }
    reader->length = end;
}

static int completed(struct answer_reader *reader, const struct options *options) {
    if (reader->length != options->expected_length)
        fail("%s: %lld bytes, not %lld", options->path, (long long)reader->length, (long long)options->expected_length);
    reader->state = in_head;
    return 1;
}

/// Reads a line; 1 when it was the last of an answer.
static int read_line(struct answer_reader *reader, const struct options *options, const char *line, size_t length) {
    switch (reader->state) {
    case in_chunk_size:
        reader->rest = strtoll(line, NULL, 16);
        reader->state = reader->rest > 0 ? in_chunk : in_trailer;
        return 0;
    case in_chunk_end:
        if (length != 2) fail("%s: a chunk without end", options->path);
        reader->state = in_chunk_size;
        return 0;
    default:
        return length == 2 ? completed(reader, options) : 0;
    }
}

int read_answers(struct answer_reader *reader, const struct options *options, const char *bytes, size_t length) {
    // The content of streams is looked at in the first answer only: all else is the client's cost.
    static bool has_seen_content;
    int answers = 0;
    const char *end = bytes + length;
    for (;;) {
        if (reader->state == in_content || reader->state == in_chunk) {
            size_t count = (int64_t)(end - bytes) < reader->rest ? (size_t)(end - bytes) : (size_t)reader->rest;
            compare(reader, options, bytes, count, !has_seen_content);
            bytes += count;
            reader->rest -= (int64_t)count;
            if (reader->rest > 0) return answers;
            if (reader->state == in_chunk) {
                reader->state = in_chunk_end;
                continue;
            }
            answers += completed(reader, options);
            has_seen_content = true;
            continue;
        }
        if (bytes == end) return answers;
        const char *mark = reader->state == in_head ? "\r\n\r\n" : "\r\n";
        size_t mark_length = reader->state == in_head ? 4 : 2;
        const char *unit = bytes;
        size_t unit_length = (size_t)(end - bytes);
        size_t before = reader->partial_length;
        if (before > 0) {
            // Put what has come behind what was there; only as much of it is used as the unit needs.
            size_t room = sizeof reader->partial - before;
            if (unit_length > room) unit_length = room;
            memcpy(reader->partial + before, bytes, unit_length);
            unit = reader->partial;
            unit_length += before;
        }
        const char *found = memmem(unit, unit_length, mark, mark_length);
        if (!found) {
            if (unit_length >= sizeof reader->partial) fail("%s: a head of %zu bytes", options->path, unit_length);
            if (before == 0) memcpy(reader->partial, unit, unit_length);
            reader->partial_length = unit_length;
            return answers;
        }
        size_t used = (size_t)(found - unit) + mark_length;
        if (reader->state == in_head) {
            read_head(reader, options, unit, used);
        } else {
            int last = read_line(reader, options, unit, used);
            if (last) has_seen_content = true;
            answers += last;
        }
        reader->partial_length = 0;
        bytes += used - before;
    }
}
