#include "photo_reader.h"

#include <stdlib.h>
#include <webp/decode.h>

photo_status photo_from_webp(const uint8_t *bytes, size_t count, size_t limit, photo *out) {
    int width, height;
    if (!WebPGetInfo(bytes, count, &width, &height)) return PHOTO_DAMAGED;
    if ((size_t)width * (size_t)height > limit) return PHOTO_TOO_LARGE;
    // The first plane of YUV is the brightness.
    uint8_t *u, *v;
    int stride, uv_stride;
    uint8_t *y = WebPDecodeYUV(bytes, count, &width, &height, &u, &v, &stride, &uv_stride);
    if (!y) return PHOTO_DAMAGED;
    uint8_t *pixels = malloc((size_t)width * (size_t)height);
    if (pixels) {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                pixels[(size_t)row * (size_t)width + (size_t)column] = y[(size_t)row * (size_t)stride + (size_t)column];
            }
        }
        *out = (photo){.pixels = pixels, .width = width, .height = height};
    }
    WebPFree(y);
    return pixels ? PHOTO_OK : PHOTO_NO_MEMORY;
}
