// Pictures to grey pixels, and grey pixels to the texts of QR codes. In C and C++ because libjpeg reports
// errors by longjmp, which must not cross Swift, and because ZXing is C++.
#ifndef SIGNET_PHOTO_READER_H
#define SIGNET_PHOTO_READER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    PHOTO_OK = 0,
    PHOTO_DAMAGED = 1,
    // More pixels than the limit: refused by the header, before anything is inflated.
    PHOTO_TOO_LARGE = 2,
    PHOTO_NO_MEMORY = 3,
} photo_status;

// One byte for each pixel, 0 black; free with photo_free.
typedef struct {
    uint8_t *pixels;
    int width, height;
} photo;

// A JPEG may come out reduced by 2, 4 or 8, so that it has no more than `wanted` pixels where possible.
photo_status photo_from_jpeg(const uint8_t *bytes, size_t count, size_t limit, size_t wanted, photo *out);
photo_status photo_from_png(const uint8_t *bytes, size_t count, size_t limit, photo *out);
photo_status photo_from_webp(const uint8_t *bytes, size_t count, size_t limit, photo *out);
void photo_free(photo *picture);

// Calls `found` with each QR code's text, perhaps more than once, and stops looking further when it answers other than
// 0. Returns 0, or -1 without memory.
int photo_find_codes(const photo *picture, void *context, int (*found)(void *context, const char *text, size_t count));

#ifdef __cplusplus
}
#endif
#endif
