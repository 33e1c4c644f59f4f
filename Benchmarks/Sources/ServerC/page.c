// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// A recursive reader of one JSON shape. What it reads is kept as a program would keep it: text is copied, without its
// escapes, numbers are converted.

#include <stdlib.h>
#include <string.h>

#include "request.h"

struct text {
    char *bytes;
    size_t length;
};

struct user {
    long id;
    struct text name, email;
    bool active;
    double score;
    struct text tags[16];
    int tag_count;
    struct text street, city, zip;
    double latitude, longitude;
    struct text note;
};

struct reader {
    const char *at;
    const char *end;
    /// Where text is copied to: as long as the document, so that all of it fits.
    char *arena;
    bool failed;
};

static void skip_space(struct reader *r) {
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\r' || *r->at == '\t')) r->at++;
}

static bool take(struct reader *r, char c) {
    skip_space(r);
    if (r->at < r->end && *r->at == c) {
        r->at++;
        return true;
    }
    return false;
}

static void expect(struct reader *r, char c) {
    if (!take(r, c)) r->failed = true;
}

static bool is_valid_utf8(const unsigned char *s, const unsigned char *end) {
    while (s < end) {
        if (*s < 0x80) {
            s++;
            continue;
        }
        int more = *s >= 0xF0 && *s <= 0xF4 ? 3 : *s >= 0xE0 ? 2 : *s >= 0xC2 ? 1 : 0;
        if (more == 0 || *s > 0xF4 || end - s <= more) return false;
        if ((*s == 0xE0 && s[1] < 0xA0) || (*s == 0xED && s[1] > 0x9F) || (*s == 0xF0 && s[1] < 0x90)
            || (*s == 0xF4 && s[1] > 0x8F))
            return false;
        for (int i = 1; i <= more; i++)
            if ((s[i] & 0xC0) != 0x80) return false;
        s += more + 1;
    }
    return true;
}

static struct text string(struct reader *r) {
    struct text text = {r->arena, 0};
    expect(r, '"');
    char *to = r->arena;
    bool is_ascii = true;
    while (!r->failed) {
        if (r->at >= r->end || (unsigned char)*r->at < ' ') {
            r->failed = true;
        } else if (*r->at == '"') {
            r->at++;
            break;
        } else if (*r->at == '\\') {
            const char *from = "\"\\/bfnrt", *into = "\"\\/\b\f\n\r\t";
            const char *found = r->end - r->at > 1 && r->at[1] ? strchr(from, r->at[1]) : NULL;
            // The comparison sends no \u.
            if (!found) r->failed = true;
            else *to++ = into[found - from];
            r->at += 2;
        } else {
            is_ascii &= (unsigned char)*r->at < 0x80;
            *to++ = *r->at++;
        }
    }
    text.length = (size_t)(to - text.bytes);
    if (!is_ascii && !is_valid_utf8((unsigned char *)text.bytes, (unsigned char *)to)) r->failed = true;
    r->arena = to;
    return text;
}

static double number(struct reader *r) {
    static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
                                    1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    skip_space(r);
    const char *start = r->at;
    bool is_negative = r->at < r->end && *r->at == '-';
    if (is_negative) r->at++;
    uint64_t digits = 0;
    int count = 0, scale = 0;
    for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++, count++) digits = digits * 10 + (*r->at - '0');
    if (r->at < r->end && *r->at == '.') {
        r->at++;
        for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++, count++, scale++)
            digits = digits * 10 + (*r->at - '0');
    }
    if (count == 0) r->failed = true;
    bool has_exponent = r->at < r->end && (*r->at == 'e' || *r->at == 'E');
    if (count <= 15 && !has_exponent) return (is_negative ? -1 : 1) * ((double)digits / powers[scale]);
    // The document ends with a zero byte.
    char *after;
    double value = strtod(start, &after);
    r->at = after;
    return value;
}

static bool literal(struct reader *r, const char *text) {
    skip_space(r);
    size_t length = strlen(text);
    if ((size_t)(r->end - r->at) < length || memcmp(r->at, text, length) != 0) return false;
    r->at += length;
    return true;
}

static bool boolean(struct reader *r) {
    if (literal(r, "true")) return true;
    if (!literal(r, "false")) r->failed = true;
    return false;
}

/// Goes to an object's next key; false at its end.
static bool next_key(struct reader *r, bool *is_first, struct text *key) {
    if (r->failed || take(r, '}')) return false;
    if (!*is_first) expect(r, ',');
    *is_first = false;
    *key = string(r);
    expect(r, ':');
    return !r->failed;
}

static bool next_element(struct reader *r, bool *is_first) {
    if (r->failed || take(r, ']')) return false;
    if (!*is_first) expect(r, ',');
    *is_first = false;
    return !r->failed;
}

static bool key_is(struct text key, const char *text) {
    return key.length == strlen(text) && memcmp(key.bytes, text, key.length) == 0;
}

static void read_address(struct reader *r, struct user *user) {
    struct text key;
    bool is_first = true;
    expect(r, '{');
    while (next_key(r, &is_first, &key)) {
        if (key_is(key, "street")) user->street = string(r);
        else if (key_is(key, "city")) user->city = string(r);
        else if (key_is(key, "zip")) user->zip = string(r);
        else if (key_is(key, "geo")) {
            bool first = true;
            expect(r, '{');
            while (next_key(r, &first, &key)) {
                if (key_is(key, "lat")) user->latitude = number(r);
                else if (key_is(key, "lng")) user->longitude = number(r);
                else r->failed = true;
            }
        } else r->failed = true;
    }
}

static void read_user(struct reader *r, struct user *user) {
    struct text key;
    bool is_first = true;
    expect(r, '{');
    while (next_key(r, &is_first, &key)) {
        if (key_is(key, "id")) user->id = (long)number(r);
        else if (key_is(key, "name")) user->name = string(r);
        else if (key_is(key, "email")) user->email = string(r);
        else if (key_is(key, "active")) user->active = boolean(r);
        else if (key_is(key, "score")) user->score = number(r);
        else if (key_is(key, "tags")) {
            bool first = true;
            expect(r, '[');
            while (next_element(r, &first) && user->tag_count < 16) user->tags[user->tag_count++] = string(r);
        } else if (key_is(key, "address")) read_address(r, user);
        else if (key_is(key, "note")) {
            if (!literal(r, "null")) user->note = string(r);
        } else r->failed = true;
    }
}

bool summarize_page(const char *bytes, size_t length, struct summary *summary) {
    char *arena = malloc(length + 1);
    struct user *users = calloc(64, sizeof *users);
    int count = 0;
    struct reader reader = {bytes, bytes + length, arena, arena == NULL || users == NULL};
    struct text key;
    bool is_first = true;
    expect(&reader, '{');
    while (next_key(&reader, &is_first, &key)) {
        if (key_is(key, "users")) {
            bool first = true;
            expect(&reader, '[');
            while (next_element(&reader, &first) && count < 64) read_user(&reader, &users[count++]);
        } else if (key_is(key, "total") || key_is(key, "page")) {
            number(&reader);
        } else {
            reader.failed = true;
        }
    }
    skip_space(&reader);
    *summary = (struct summary){0};
    for (int i = 0; i < count; i++) {
        summary->users++;
        summary->active += users[i].active;
        summary->tags += users[i].tag_count;
    }
    free(users);
    free(arena);
    return !reader.failed && reader.at == reader.end;
}
