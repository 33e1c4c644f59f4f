// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#include "request.h"

#include <string.h>
#include <strings.h>

/// The bytes of a token, RFC 9110 §5.6.2.
static bool is_token[256];

__attribute__((constructor)) static void make_token_table(void) {
    for (int c = '0'; c <= '9'; c++) is_token[c] = true;
    for (int c = 'a'; c <= 'z'; c++) is_token[c] = is_token[c - 32] = true;
    for (const char *c = "!#$%&'*+-.^_`|~"; *c; c++) is_token[(unsigned char)*c] = true;
}

bool slice_is(struct slice slice, const char *text) {
    return strlen(text) == slice.length && memcmp(slice.start, text, slice.length) == 0;
}

static bool name_is(struct slice name, const char *text) {
    return strlen(text) == name.length && strncasecmp(name.start, text, name.length) == 0;
}

/// Reads a token up to `end`; NULL when a byte is none of a token's.
static const char *token(const char *at, const char *limit, char end) {
    const char *start = at;
    while (at < limit && is_token[(unsigned char)*at]) at++;
    return at < limit && at > start && *at == end ? at : NULL;
}

static bool start_line(const char *line, const char *end, struct request *request) {
    const char *space = token(line, end, ' ');
    if (!space) return false;
    request->method = (struct slice){line, (size_t)(space - line)};
    const char *target = space + 1;
    const char *at = target;
    const char *query = NULL;
    while (at < end && (unsigned char)*at > ' ' && *at != 0x7F) {
        if (*at == '?' && !query) query = at;
        at++;
    }
    if (at == target || *target != '/' || end - at != 9 || memcmp(at, " HTTP/1.", 8) != 0) return false;
    if (at[8] != '0' && at[8] != '1') return false;
    request->keeps_alive = at[8] == '1';
    const char *path_end = query ? query : at;
    request->path = (struct slice){target, (size_t)(path_end - target)};
    request->query = query ? (struct slice){query + 1, (size_t)(at - query - 1)} : (struct slice){at, 0};
    return true;
}

static bool field(const char *line, const char *end, struct request *request, int *hosts) {
    const char *colon = token(line, end, ':');
    if (!colon || request->field_count == 100) return false;
    struct slice name = {line, (size_t)(colon - line)};
    const char *value = colon + 1;
    while (value < end && (*value == ' ' || *value == '\t')) value++;
    const char *last = end;
    while (last > value && (last[-1] == ' ' || last[-1] == '\t')) last--;
    for (const char *c = value; c < last; c++)
        if (((unsigned char)*c < ' ' && *c != '\t') || *c == 0x7F) return false;
    struct slice text = {value, (size_t)(last - value)};
    request->fields[request->field_count].name = name;
    request->fields[request->field_count++].value = text;
    switch (name.length) {
    case 4:
        if (name_is(name, "host")) ++*hosts;
        break;
    case 10:
        if (name_is(name, "connection") && text.length == 5 && strncasecmp(value, "close", 5) == 0)
            request->keeps_alive = false;
        break;
    case 14:
        if (!name_is(name, "content-length")) break;
        if (text.length == 0 || text.length > 15 || request->content_length > 0) return false;
        request->content_length = 0;
        for (const char *c = value; c < last; c++) {
            if (*c < '0' || *c > '9') return false;
            request->content_length = request->content_length * 10 + (*c - '0');
        }
        break;
    case 17:
        // No client of the comparison sends it.
        if (name_is(name, "transfer-encoding")) return false;
        break;
    default:
        break;
    }
    return true;
}

long parse_request(const char *bytes, size_t length, struct request *request) {
    const char *limit = bytes + length;
    const char *line = bytes;
    bool is_first = true;
    int hosts = 0;
    request->field_count = 0;
    request->content_length = 0;
    for (;;) {
        const char *end = memchr(line, '\n', (size_t)(limit - line));
        if (!end) return 0;
        if (end == line || end[-1] != '\r') return -1;
        if (end - 1 == line) return hosts == 1 && !is_first ? end + 1 - bytes : -1;
        bool is_fine = is_first ? start_line(line, end - 1, request) : field(line, end - 1, request, &hosts);
        if (!is_fine) return -1;
        is_first = false;
        line = end + 1;
    }
}
