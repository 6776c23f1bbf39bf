#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <malloc.h>
#include <seccomp.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int limit(int what, uint64_t value) {
    struct rlimit both = {value, value};
    return setrlimit(what, &both);
}

// Of what readers of open files need. Memory is never made executable, and limits are the process's own.
static int filter_calls(void) {
    static const int allowed[] = {
        SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv), SCMP_SYS(write), SCMP_SYS(writev),
        SCMP_SYS(recvmsg), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(lseek), SCMP_SYS(poll), SCMP_SYS(ppoll),
        SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex),
        SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom), SCMP_SYS(getrusage),
        SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
        SCMP_SYS(sigaltstack), SCMP_SYS(sched_yield), SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
    };
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter) return -1;
    int failed = 0;
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    }
    const struct scmp_arg_cmp not_executable = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, not_executable);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, not_executable);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_EQ, 0));
    // How the C library asks for an open file's status and length.
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1, SCMP_A3(SCMP_CMP_EQ, 0x1000));
    // abort() and traps signal the own process.
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
    if (!failed) failed = seccomp_load(filter);
    seccomp_release(filter);
    return failed ? -1 : 0;
}

// A set of rules that governs every access to files and allows none.
static int close_file_system(void) {
    int version = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return -1;
    struct landlock_ruleset_attr governed = {.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &governed, sizeof governed, 0);
    if (rules < 0) return -1;
    int failed = (int)syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
    return failed;
}

int sandbox_enter(const sandbox_limits *limits) {
    // What was large goes back to the system when it is freed.
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    sandbox_forbid_dumps();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || limit(RLIMIT_FSIZE, 0) != 0
        || limit(RLIMIT_NOFILE, limits->descriptors) != 0 || limit(RLIMIT_AS, limits->memory) != 0
        || limit(RLIMIT_CPU, limits->processor_seconds) != 0) {
        return -1;
    }
    int taken = 0;
    if (close_file_system() == 0) taken |= SANDBOX_LANDLOCK;
    if (filter_calls() == 0) taken |= SANDBOX_SECCOMP;
    return taken;
}

void sandbox_keep_memory(void) {
    mallopt(M_MMAP_THRESHOLD, 16 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
}

int sandbox_allow_processor_seconds(uint64_t seconds) {
    struct rusage used;
    struct rlimit both;
    if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &both) != 0) return -1;
    // Rounded up, so that a job begun late in a second has what it is given.
    rlim_t end = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + seconds + 2;
    both.rlim_cur = end < both.rlim_max ? end : both.rlim_max;
    return setrlimit(RLIMIT_CPU, &both);
}

void sandbox_forbid_dumps(void) {
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
}

void sandbox_share_heaps(void) {
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    mallopt(M_ARENA_MAX, cores > 2 ? (int)cores : 2);
}

// What systems let anybody's pipes hold.
static const int pipe_size = 1 << 20;

int sandbox_channel(int questions[2], int answers[2]) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, questions) != 0) return errno;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        int failed = errno;
        close(questions[0]);
        close(questions[1]);
        return failed;
    }
    // A narrower one is only slower.
    (void)fcntl(ends[1], F_SETPIPE_SZ, pipe_size);
    answers[0] = ends[0];
    answers[1] = ends[1];
    return 0;
}

int sandbox_spawn(
    char *const arguments[], char *const environment[], int questions, int answers, pid_t *process) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    // By way of numbers that neither of them has, as one may have the other's.
    int high = (questions > answers ? questions : answers) + 5;
    int failed = posix_spawn_file_actions_adddup2(&actions, questions, high);
    failed |= posix_spawn_file_actions_adddup2(&actions, answers, high + 1);
    failed |= posix_spawn_file_actions_adddup2(&actions, high, 3);
    failed |= posix_spawn_file_actions_adddup2(&actions, high + 1, 4);
    for (int stream = 0; stream < 3; stream++) {
        failed |= posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
    }
    failed |= posix_spawn_file_actions_addclosefrom_np(&actions, 5);
    failed |= posix_spawnattr_setsigmask(&attributes, &none);
    failed |= posix_spawnattr_setsigdefault(&attributes, &all);
    failed |= posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (!failed) failed = posix_spawn(process, arguments[0], &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

int sandbox_memory_file(void) { return memfd_create("file", MFD_CLOEXEC); }

// Room for one open file, aligned as the kernel wants it.
typedef union {
    struct cmsghdr head;
    char bytes[CMSG_SPACE(sizeof(int))];
} control;

int sandbox_send(int socket, const void *bytes, size_t count, int descriptor) {
    control room;
    memset(&room, 0, sizeof room);
    struct iovec part = {(void *)bytes, count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (descriptor >= 0) {
        message.msg_control = room.bytes;
        message.msg_controllen = sizeof room.bytes;
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof descriptor);
        memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
    }
    ssize_t sent;
    do { sent = sendmsg(socket, &message, MSG_NOSIGNAL); } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)count ? 0 : -1;
}

ssize_t sandbox_receive(int socket, void *bytes, size_t count, int *descriptor) {
    control room;
    struct iovec part = {bytes, count};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = room.bytes, .msg_controllen = sizeof room.bytes};
    ssize_t received;
    do { received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC); } while (received < 0 && errno == EINTR);
    *descriptor = -1;
    struct cmsghdr *head = received > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS
        && head->cmsg_len == CMSG_LEN(sizeof *descriptor)) {
        memcpy(descriptor, CMSG_DATA(head), sizeof *descriptor);
    }
    return received;
}
