#include "photo_reader.h"

#include <stdlib.h>
#include <webp/decode.h>
#include <webp/demux.h>

// A picture with a canvas for each frame is held several times.
static const size_t maximum_animated_pixels = 8000000;

// Brightness (ITU-R BT.601) of what is seen on paper.
static photo_status from_rgba(const uint8_t *rgba, int width, int height, photo *out) {
    size_t count = (size_t)width * (size_t)height;
    uint8_t *pixels = malloc(count);
    if (!pixels) return PHOTO_NO_MEMORY;
    for (size_t i = 0; i < count; i++, rgba += 4) {
        unsigned grey = (299u * rgba[0] + 587u * rgba[1] + 114u * rgba[2]) / 1000;
        pixels[i] = (uint8_t)((grey * rgba[3] + 255u * (255u - rgba[3])) / 255);
    }
    *out = (photo){.pixels = pixels, .width = width, .height = height, .channels = 1};
    return PHOTO_OK;
}

static photo_status first_frame(const uint8_t *bytes, size_t count, size_t limit, photo *out) {
    WebPData data = {bytes, count};
    WebPAnimDecoderOptions options;
    if (!WebPAnimDecoderOptionsInit(&options)) return PHOTO_DAMAGED;
    options.color_mode = MODE_RGBA;
    WebPAnimDecoder *decoder = WebPAnimDecoderNew(&data, &options);
    if (!decoder) return PHOTO_DAMAGED;
    WebPAnimInfo info;
    uint8_t *frame = NULL;
    int time;
    photo_status status = PHOTO_DAMAGED;
    if (WebPAnimDecoderGetInfo(decoder, &info)) {
        if ((size_t)info.canvas_width * info.canvas_height > limit) {
            status = PHOTO_TOO_LARGE;
        } else if (WebPAnimDecoderGetNext(decoder, &frame, &time)) {
            status = from_rgba(frame, (int)info.canvas_width, (int)info.canvas_height, out);
        }
    }
    WebPAnimDecoderDelete(decoder);
    return status;
}

static photo_status with_paper(const uint8_t *bytes, size_t count, photo *out) {
    int width, height;
    uint8_t *rgba = WebPDecodeRGBA(bytes, count, &width, &height);
    if (!rgba) return PHOTO_DAMAGED;
    photo_status status = from_rgba(rgba, width, height, out);
    WebPFree(rgba);
    return status;
}

// The first plane of YUV is the brightness.
static photo_status brightness(const uint8_t *bytes, size_t count, photo *out) {
    int width, height, stride, uv_stride;
    uint8_t *u, *v;
    uint8_t *y = WebPDecodeYUV(bytes, count, &width, &height, &u, &v, &stride, &uv_stride);
    if (!y) return PHOTO_DAMAGED;
    uint8_t *pixels = malloc((size_t)width * (size_t)height);
    if (pixels) {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                pixels[(size_t)row * (size_t)width + (size_t)column] = y[(size_t)row * (size_t)stride + (size_t)column];
            }
        }
        *out = (photo){.pixels = pixels, .width = width, .height = height, .channels = 1};
    }
    WebPFree(y);
    return pixels ? PHOTO_OK : PHOTO_NO_MEMORY;
}

photo_status photo_from_webp(const uint8_t *bytes, size_t count, size_t limit, photo *out) {
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(bytes, count, &features) != VP8_STATUS_OK) return PHOTO_DAMAGED;
    if ((size_t)features.width * (size_t)features.height > limit) return PHOTO_TOO_LARGE;
    if (features.has_animation) {
        size_t most = limit < maximum_animated_pixels ? limit : maximum_animated_pixels;
        return first_frame(bytes, count, most, out);
    }
    return features.has_alpha ? with_paper(bytes, count, out) : brightness(bytes, count, out);
}
