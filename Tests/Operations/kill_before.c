// Preloaded, it ends the process with SIGKILL just before its n-th step (KILL_BEFORE=n): a step gives a file another
// name, takes one away, or makes bytes durable. Between two steps nothing changes that a crash would leave.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

static atomic_int steps;

static void *next(const char *name) {
    const char *limit = getenv("KILL_BEFORE");
    if (limit && atomic_fetch_add(&steps, 1) + 1 == atoi(limit)) kill(getpid(), SIGKILL);
    return dlsym(RTLD_NEXT, name);
}

int rename(const char *from, const char *to) {
    return ((int (*)(const char *, const char *))next("rename"))(from, to);
}
int link(const char *from, const char *to) { return ((int (*)(const char *, const char *))next("link"))(from, to); }
int unlink(const char *path) { return ((int (*)(const char *))next("unlink"))(path); }
int fsync(int file) { return ((int (*)(int))next("fsync"))(file); }
int fdatasync(int file) { return ((int (*)(int))next("fdatasync"))(file); }
