// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0
//
// System calls that Glibc's module map leaves out or that Swift cannot import, as inline functions. No code of ours
// beyond the call itself.
#ifndef WHIPPET_SYSTEM_H
#define WHIPPET_SYSTEM_H

#if defined(__linux__)

// _GNU_SOURCE is not defined here: the types would differ from those of Swift's Glibc module.
#include <errno.h>
#include <linux/filter.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>

extern int sched_getaffinity(int, unsigned long, void *);
extern long syscall(long, ...);
extern int accept4(int, struct sockaddr *, socklen_t *, int);

enum {
  whippet_readable = EPOLLIN,
  whippet_writable = EPOLLOUT,
  whippet_peer_closed = EPOLLRDHUP,
  whippet_hung_up = EPOLLHUP,
  whippet_failed = EPOLLERR,
  whippet_control_add = EPOLL_CTL_ADD,
  whippet_control_modify = EPOLL_CTL_MOD,
  whippet_control_remove = EPOLL_CTL_DEL
};

static inline int whippet_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static inline int whippet_epoll_control(int epoll, int operation, int descriptor, uint32_t events, void *data) {
  struct epoll_event event;
  event.events = events;
  event.data.ptr = data;
  return epoll_ctl(epoll, operation, descriptor, &event);
}

static inline int whippet_epoll_wait(int epoll, struct epoll_event *events, int count, int milliseconds) {
  return epoll_wait(epoll, events, count, milliseconds);
}

// Not recv and send: as points at which a thread can be cancelled, they cost two locked instructions each in a process
// of several threads.
static inline long whippet_receive(int socket, void *bytes, size_t count) {
  return syscall(SYS_recvfrom, (long)socket, bytes, count, 0L, (void *)0, (void *)0);
}

static inline long whippet_send(int socket, const void *bytes, size_t count) {
  return syscall(SYS_sendto, (long)socket, bytes, count, (long)MSG_NOSIGNAL, (void *)0, 0L);
}

static inline void *whippet_event_data(const struct epoll_event *event) { return event->data.ptr; }
static inline uint32_t whippet_event_flags(const struct epoll_event *event) { return event->events; }

static inline int whippet_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

/// The descriptor of the next connection, or the negative number of an error.
static inline int whippet_accept(int listener, struct sockaddr *address, socklen_t *length) {
  int descriptor = accept4(listener, address, length, SOCK_CLOEXEC | SOCK_NONBLOCK);
  return descriptor < 0 ? -errno : descriptor;
}

/// Makes a listening TCP socket let nobody in any more: segments with SYN and without ACK are dropped. Those whose
/// handshake is done can still be accepted.
static inline int whippet_drop_connections(int listener) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13),
      BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0x12),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x02, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, 0),
      BPF_STMT(BPF_RET | BPF_K, 0xFFFFFFFF),
  };
  struct sock_fprog program = {sizeof code / sizeof *code, code};
  return setsockopt(listener, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

/// The number of processors that the process may use; 0 when the system does not say.
static inline int whippet_usable_processors(void) {
  unsigned long set[128] = {0};
  int count = 0;
  if (sched_getaffinity(0, sizeof set, set) != 0) return 0;
  for (unsigned index = 0; index < sizeof set / sizeof *set; index++) count += __builtin_popcountl(set[index]);
  return count;
}

#ifndef SYS_openat2
#define SYS_openat2 437
#endif

enum {
  whippet_resolve_no_magic_links = 0x02,
  whippet_resolve_no_links = 0x04,
  whippet_resolve_beneath = 0x08
};

/// Opens a file by a path that may not lead out of a folder.
static inline int whippet_open_beneath(int folder, const char *path, int flags, uint64_t resolve) {
  struct {
    uint64_t flags, mode, resolve;
  } how = {(uint64_t)(unsigned)flags, 0, resolve};
  return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

/// Has the system send bytes of a file; SIGPIPE if the socket is shut.
static inline long whippet_send_file(int socket, int file, off_t offset, size_t count) {
  return sendfile(socket, file, &offset, count);
}

/// How many bytes a socket has taken that the other side has not got; 0 when the system does not say.
static inline int whippet_underway(int socket) {
  int count = 0;
  return ioctl(socket, TIOCOUTQ, &count) == 0 ? count : 0;
}

/// Whether the process ignores a signal.
static inline int whippet_ignores(int number) {
  struct sigaction now;
  return sigaction(number, 0, &now) == 0 && now.sa_handler == SIG_IGN;
}

static inline int whippet_stream_socket(int family) {
  return socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

#endif
#endif
