// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REQUEST_H
#define REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A piece of the bytes that were received.
struct slice {
    const char *start;
    size_t length;
};

/// A request head, every field of it.
struct request {
    struct slice method;
    struct slice path;
    struct slice query;
    struct {
        struct slice name;
        struct slice value;
    } fields[100];
    int field_count;
    int64_t content_length;
    bool keeps_alive;
};

/// Parses a head; returns its length, 0 when it is not complete, -1 when it is none.
long parse_request(const char *bytes, size_t length, struct request *request);

/// Whether a slice is this text.
bool slice_is(struct slice slice, const char *text);

/// What the answer to a page of users says of it.
struct summary {
    int users;
    int active;
    int tags;
};

/// Decodes a page of users into structures and sums it up; false when it is not JSON or something is missing.
bool summarize_page(const char *bytes, size_t length, struct summary *summary);

#endif
