// SPDX-License-Identifier: Apache-2.0
//
// The Linux system calls that Swift's Glibc module leaves out, and the variadic ones that Swift cannot call.
// Header only: nothing here is more than a declaration or a one-line wrapper. No _GNU_SOURCE: with it, glibc's types
// would differ from the ones that the Glibc module was built with, and the compiler refuses the pair.
#pragma once
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static inline int vajra_set_timer_slack(unsigned long nanoseconds) {
    return prctl(PR_SET_TIMERSLACK, nanoseconds, 0, 0, 0);
}
static inline int vajra_set_thread_name(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }
static inline int vajra_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0u); }
static inline int vajra_set_nonblocking(int fd) {
    int flags = fcntl(fd, F_GETFL);
    return flags < 0 ? -1 : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}
// Closed on exec from the first moment: another thread may start a process between two calls.
static inline int vajra_pipe(int ends[2]) { return (int)syscall(SYS_pipe2, ends, O_CLOEXEC); }
static inline int vajra_accept(int fd) {
    return (int)syscall(SYS_accept4, fd, 0, 0, O_NONBLOCK | O_CLOEXEC /* SOCK_NONBLOCK, SOCK_CLOEXEC */);
}
// Whose process is at the other end of a Unix socket (struct ucred is behind _GNU_SOURCE).
static inline int vajra_peer_user(int fd, unsigned int *user) {
    struct { int pid; unsigned int uid, gid; } peer;
    unsigned int size = sizeof peer;
    if (syscall(SYS_getsockopt, fd, 1 /* SOL_SOCKET */, 17 /* SO_PEERCRED */, &peer, &size) < 0) return -1;
    *user = peer.uid;
    return 0;
}
// Columns and rows of a terminal; -1 where the descriptor is none.
static inline int vajra_terminal_size(int fd, unsigned short *columns, unsigned short *rows) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}
// The affinity mask of this thread: its length in bytes, or -1.
static inline long vajra_affinity(unsigned char *mask, unsigned long size) {
    return syscall(SYS_sched_getaffinity, 0, size, mask);
}
static inline int vajra_lock_exclusively(int fd) { return flock(fd, LOCK_EX | LOCK_NB); }
