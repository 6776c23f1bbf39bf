// Pictures to pixels, and grey pixels to the texts of QR codes. In C and C++ because libjpeg reports
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

// Rows from the top without gaps, one byte for each pixel of a grey picture, 0 black; free with photo_free.
typedef struct {
    uint8_t *pixels;
    int width, height;
    // 1 grey, 3 red, green and blue, 4 with opacity behind them.
    int channels;
} photo;

// A JPEG may come out reduced by 2, 4 or 8, so that it has no more than `wanted` pixels where possible.
photo_status photo_from_jpeg(const uint8_t *bytes, size_t count, size_t limit, size_t wanted, photo *out);
photo_status photo_from_png(const uint8_t *bytes, size_t count, size_t limit, photo *out);
photo_status photo_from_webp(const uint8_t *bytes, size_t count, size_t limit, photo *out);
// Of pixels in 32 bits each, red, green and blue in the lower 24 (CAIRO_FORMAT_RGB24).
photo_status photo_from_rgb24(const uint8_t *pixels, int width, int height, int stride, photo *out);
void photo_free(photo *picture);

// In colour. A JPEG may come out reduced by 2, 4 or 8, but not below `least` where it is wider and higher. One that ends
// too soon is damaged.
typedef struct {
    int width, height;
} photo_size;
photo_status photo_colours_from_jpeg(const uint8_t *bytes, size_t count, size_t limit, photo_size least, photo *out);
// Without opacity it is on white.
photo_status photo_colours_from_png(const uint8_t *bytes, size_t count, size_t limit, int keeps_opacity, photo *out);

// As a camera's orientation mark wants it (Exif 2.32, 4.6.4: 1 to 8).
photo_status photo_turn(const photo *picture, int orientation, photo *out);
// The part at left and top, reduced to a size that is no larger; each pixel is the mean of what it covers.
photo_status photo_reduce(const photo *picture, int left, int top, photo_size part, photo_size size, photo *out);

// Calls `found` with each QR code's text, perhaps more than once, and stops looking further when it answers other than
// 0. Returns 0, or -1 without memory.
int photo_find_codes(const photo *picture, void *context, int (*found)(void *context, const char *text, size_t count));

#ifdef __cplusplus
}
#endif
#endif
