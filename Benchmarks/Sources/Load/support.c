// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "load.h"

void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "load: ");
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
    exit(1);
}

int64_t now_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// MARK: - Histogram

void histogram_add(struct histogram *histogram, int64_t value) {
    if (value < 64) value = 64;
    int power = 63 - __builtin_clzll((unsigned long long)value);
    histogram->counts[power * 64 + ((value >> (power - 6)) & 63)]++;
    histogram->total++;
}

double histogram_percentile(const struct histogram *histogram, double share) {
    int64_t wanted = (int64_t)((double)histogram->total * share), seen = 0;
    for (int i = 6 * 64; i < 64 * 64; i++) {
        seen += histogram->counts[i];
        if (seen > wanted) return (double)((int64_t)(64 + i % 64 + 1) << (i / 64 - 6)) / 1000;
    }
    return 0;
}

// MARK: - Process

static bool read_text(const char *path, char *text, size_t size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t count = read(fd, text, size - 1);
    close(fd);
    if (count < 0) return false;
    text[count] = 0;
    return true;
}

static void add_usage(pid_t pid, struct usage *usage) {
    char path[96], text[4096];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    // The name, which may hold anything, ends with the last parenthesis.
    char *rest = read_text(path, text, sizeof text) ? strrchr(text, ')') : NULL;
    long user = 0, system = 0, pages = 0, resident = 0;
    if (rest) sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user, &system);
    usage->user_ticks += user;
    usage->system_ticks += system;
    snprintf(path, sizeof path, "/proc/%d/statm", pid);
    if (read_text(path, text, sizeof text) && sscanf(text, "%ld %ld", &pages, &resident) == 2)
        usage->rss += resident * sysconf(_SC_PAGESIZE);
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *tasks = opendir(path);
    struct dirent *task;
    while (tasks && (task = readdir(tasks))) {
        if (task->d_name[0] == '.') continue;
        long long cpu;
        snprintf(path, sizeof path, "/proc/%d/task/%.16s/schedstat", pid, task->d_name);
        if (read_text(path, text, sizeof text) && sscanf(text, "%lld", &cpu) == 1) usage->cpu += cpu;
        snprintf(path, sizeof path, "/proc/%d/task/%.16s/children", pid, task->d_name);
        if (!read_text(path, text, sizeof text)) continue;
        char *save = NULL;
        for (char *child = strtok_r(text, " ", &save); child; child = strtok_r(NULL, " ", &save))
            if (atoi(child) > 0) add_usage(atoi(child), usage);
    }
    if (tasks) closedir(tasks);
}

struct usage usage_of(pid_t pid) {
    struct usage usage = {0};
    if (pid > 0) add_usage(pid, &usage);
    return usage;
}

// MARK: - Socket

int connect_to(int port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    if (fd < 0) fail("no descriptor left");
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        return -1;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}
