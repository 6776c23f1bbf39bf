#include <archive.h>
#include <archive_entry.h>

// In unistd.h for _GNU_SOURCE only, without which Swift's Glibc module is built.
int syncfs(int fd);
