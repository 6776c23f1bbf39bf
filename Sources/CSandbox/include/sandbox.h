// What the parsing worker needs of the kernel: to give up nearly all it could ask for, and to take open files over a
// socket. In C because control messages and filters are macros.
#ifndef SIGNET_SANDBOX_H
#define SIGNET_SANDBOX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    // Only calls that read, write, compute and allocate are answered; others fail with EPERM.
    SANDBOX_SECCOMP = 1,
    // No file can be opened, whatever its mode.
    SANDBOX_LANDLOCK = 2,
};

typedef struct {
    // Of the whole address space, in bytes.
    uint64_t memory;
    // Seconds of the processor's time, in all.
    uint64_t processor_seconds;
    uint64_t descriptors;
} sandbox_limits;

// Gives up new files, sockets, processes, threads, privileges and core dumps for ever. Returns which of the kernel's
// two ways took effect, or -1 where a limit could not be set.
int sandbox_enter(const sandbox_limits *limits);

// Keeps up to 32 MiB of what was freed for the next file of its kind: the kernel would clear each page anew.
void sandbox_keep_memory(void);

// Lets the process use so many seconds of processor time more; beyond them it ends by SIGXCPU.
int sandbox_allow_processor_seconds(uint64_t seconds);

// Keeps other processes of the same user from looking into this one, and its memory out of core files.
void sandbox_forbid_dumps(void);

// At most as many heaps as cores (mallopt(3), M_ARENA_MAX): each thread that is there for a time would else leave one of its
// own behind, of which little is given back.
void sandbox_share_heaps(void);

// A socket for questions and a pipe for answers, as wide as the system lets them be: of each first the end to keep, then
// the one to give away. Returns 0 or an error number.
int sandbox_channel(int questions[2], int answers[2]);

// Starts a program that has two open descriptors, 3 for questions and 4 for answers, and nothing else of this process: no
// environment but `environment`, no signal handlers; its other streams lead nowhere. Returns 0 or an error number.
int sandbox_spawn(
    char *const arguments[], char *const environment[], int questions, int answers, pid_t *process);

// A file in memory, to be handed on; -1 without memory.
int sandbox_memory_file(void);

// One message with one open file. Never raises SIGPIPE. Returns 0, or -1 with errno.
int sandbox_send(int socket, const void *bytes, size_t count, int descriptor);

// Returns the message's length, 0 at the end, or -1. `descriptor` becomes -1 where the message had none.
ssize_t sandbox_receive(int socket, void *bytes, size_t count, int *descriptor);

#endif
