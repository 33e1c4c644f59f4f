// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "load.h"

static pid_t start(const struct options *options) {
    pid_t pid = fork();
    if (pid < 0) fail("no process can be made");
    if (pid > 0) return pid;
    // A server does not outlive its client; it leads a group, so that its children end with it.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpgid(0, 0);
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(options->core, &cores);
    sched_setaffinity(0, sizeof cores, &cores);
    execvp(options->command[0], options->command);
    _exit(127);
}

/// Connects as soon as somebody listens and waits for one answer.
static void first_answer(const struct options *options, struct message request, pid_t pid) {
    struct timespec pause = {0, 20000};
    int64_t limit = now_nanoseconds() + 10000000000;
    int fd;
    while ((fd = connect_to(options->port)) < 0) {
        if (waitpid(pid, NULL, WNOHANG) == pid) fail("%s ended at once", options->command[0]);
        if (now_nanoseconds() > limit) fail("%s does not listen", options->command[0]);
        nanosleep(&pause, NULL);
    }
    char received[16 * 1024];
    struct answer_reader reader = {0};
    send(fd, request.bytes, request.length, MSG_NOSIGNAL);
    for (;;) {
        struct pollfd readable = {.fd = fd, .events = POLLIN};
        if (poll(&readable, 1, 10000) != 1) fail("no first answer within ten seconds");
        ssize_t length = recv(fd, received, sizeof received, 0);
        if (length < 0 && errno == EAGAIN) continue;
        if (length <= 0) fail("the server has closed before its first answer");
        if (read_answers(&reader, options, received, (size_t)length) > 0) break;
    }
    close(fd);
}

/// Starts the server again and again: the time from `exec` to the first answer, and its memory then.
void run_starts(const struct options *options) {
    struct message request = request_message(options);
    printf("{\"starts\":[");
    for (int i = 0; i < options->rounds; i++) {
        int64_t begun = now_nanoseconds();
        pid_t pid = start(options);
        first_answer(options, request, pid);
        double microseconds = (double)(now_nanoseconds() - begun) / 1000;
        struct usage usage = usage_of(pid);
        kill(-pid, SIGKILL);
        waitpid(pid, NULL, 0);
        printf(
            "%s{\"firstAnswer\":%.1f,\"cpu\":%lld,\"rss\":%lld}", i > 0 ? "," : "", microseconds, (long long)usage.cpu,
            (long long)usage.rss);
        usleep(20000);
    }
    printf("]}\n");
}
