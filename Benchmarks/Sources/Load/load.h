// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// MARK: - What is asked for

struct options {
    int port;
    /// The server's process; what its children use counts as well.
    pid_t pid;
    int connections;
    int depth;
    double warm_up;
    double seconds;
    /// Ends after so many requests instead of a time, when above 0.
    int64_t requests;
    const char *method;
    const char *path;
    /// The content of a request, from a file.
    const char *body_file;
    /// Or so many bytes of no meaning.
    int64_t upload;
    /// What an answer must hold: this text, or so many bytes of `x`.
    const char *expected;
    int64_t expected_length;
    int rounds;
    int core;
    char **command;
};

/// Each prints one line of JSON; a wrong answer ends the process with a sentence.
void run_load(const struct options *options);
void run_idle(const struct options *options);
void run_starts(const struct options *options);

void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

// MARK: - Time

int64_t now_nanoseconds(void);

/// Latencies in nanoseconds, each counted in a bucket that is at most 1/64 wider than itself.
struct histogram {
    int64_t counts[64 * 64];
    int64_t total;
};

void histogram_add(struct histogram *histogram, int64_t value);
/// The latency in microseconds that this share of all does not exceed.
double histogram_percentile(const struct histogram *histogram, double share);

// MARK: - The server's process

struct usage {
    /// What the scheduler has counted, in nanoseconds.
    int64_t cpu;
    /// The two parts, in the ticks of `sysconf(_SC_CLK_TCK)`.
    int64_t user_ticks, system_ticks;
    /// The memory that is resident, in bytes.
    int64_t rss;
};

/// What a process and its children have used so far.
struct usage usage_of(pid_t pid);

// MARK: - Requests and answers

struct message {
    char *bytes;
    size_t length;
};

/// The bytes of one request, but for an upload's content.
struct message request_message(const struct options *options);

enum answer_state { in_head, in_content, in_chunk_size, in_chunk, in_chunk_end, in_trailer };

/// Reads answers, one after another, and compares each with what is expected.
struct answer_reader {
    enum answer_state state;
    /// A line or head that is not complete.
    char partial[8192];
    size_t partial_length;
    int64_t rest;
    int64_t length;
};

/// Reads bytes; returns how many answers were completed.
int read_answers(struct answer_reader *reader, const struct options *options, const char *bytes, size_t length);

/// A connection to the server, not blocking; -1 when nobody listens.
int connect_to(int port);

#endif
