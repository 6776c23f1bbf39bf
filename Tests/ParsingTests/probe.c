// Tries what a confined process must not be able to do, and says of each whether it could.
// Usage: probe free|confined|looping
#define _GNU_SOURCE
#include "sandbox.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char report[1024];

static void say(const char *what, int could) {
    size_t length = strlen(report);
    snprintf(report + length, sizeof report - length, "%s %s\n", what, could ? "yes" : "no");
}

static int can_fork(void) {
    pid_t child = fork();
    if (child == 0) _exit(0);
    if (child > 0) waitpid(child, NULL, 0);
    return child > 0;
}

static int can_execute_memory(void) {
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory != MAP_FAILED;
}

int main(int count, char **arguments) {
    sandbox_limits limits = {.memory = 1 << 30, .processor_seconds = 60, .descriptors = 16};
    if (count < 2) return 64;
    // Threads of a test's runner block signals, and what they start inherits that.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (strcmp(arguments[1], "free") != 0) {
        int taken = sandbox_enter(&limits);
        if (taken <= 0) return 3;
    }
    if (strcmp(arguments[1], "looping") == 0) {
        sandbox_allow_processor_seconds(0);
        for (volatile unsigned long i = 0;; i++) {}
    }
    say("open", open("/etc/passwd", O_RDONLY) >= 0);
    say("create", open("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0);
    say("socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
    say("fork", can_fork());
    say("execute-memory", can_execute_memory());
    say("trace", ptrace(PTRACE_TRACEME, 0, NULL, NULL) >= 0);
    say("signal-others", kill(getppid(), 0) == 0);
    say("four-gigabytes", malloc(4ul << 30) != NULL);
    say("compute", malloc(1 << 20) != NULL);
    return write(1, report, strlen(report)) < 0;
}
