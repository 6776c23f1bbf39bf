#include "photo_reader.h"

#include <png.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// Of chunks a picture needs these (PNG, third edition, 11.2 and 11.3.1). Others can inflate to megabytes each, which the
// library would do and keep before it comes to the pixels.
static bool is_needed(const uint8_t *type) {
    static const char *const needed[] = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (memcmp(type, needed[i], 4) == 0) return true;
    }
    return false;
}

// The picture without all else, in memory of its own; NULL without memory. What is cut short is left to the library.
static uint8_t *needed_chunks(const uint8_t *bytes, size_t count, size_t *kept) {
    static const size_t signature = 8, around = 12;
    uint8_t *copy = malloc(count);
    if (!copy || count < signature) return copy;
    memcpy(copy, bytes, signature);
    size_t position = signature, length = signature;
    while (count - position >= around) {
        const uint8_t *chunk = bytes + position;
        size_t content = (size_t)chunk[0] << 24 | (size_t)chunk[1] << 16 | (size_t)chunk[2] << 8 | chunk[3];
        if (content > count - position - around) break;
        if (is_needed(chunk + 4)) {
            memcpy(copy + length, chunk, content + around);
            length += content + around;
        }
        position += content + around;
    }
    *kept = length;
    return copy;
}

enum colours { GREY, ON_WHITE, WITH_OPACITY };

static photo_status read_pixels(const uint8_t *bytes, size_t count, size_t limit, enum colours colours, photo *out) {
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, bytes, count)) return PHOTO_DAMAGED;
    if ((size_t)image.width * image.height > limit) {
        png_image_free(&image);
        return PHOTO_TOO_LARGE;
    }
    // Nothing is known of how its colours were measured, so all samples are taken for those of screens.
    if (colours != GREY) image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    bool has_opacity = colours == WITH_OPACITY && (image.format & PNG_FORMAT_FLAG_ALPHA);
    image.format = colours == GREY ? PNG_FORMAT_GRAY : has_opacity ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
    uint8_t *pixels = malloc(PNG_IMAGE_SIZE(image));
    if (!pixels) {
        png_image_free(&image);
        return PHOTO_NO_MEMORY;
    }
    // What is see-through is paper.
    png_color white = {255, 255, 255};
    if (!png_image_finish_read(&image, &white, pixels, 0, NULL)) {
        free(pixels);
        return PHOTO_DAMAGED;
    }
    *out = (photo){
        .pixels = pixels, .width = (int)image.width, .height = (int)image.height,
        .channels = (int)PNG_IMAGE_PIXEL_CHANNELS(image.format)};
    return PHOTO_OK;
}

static photo_status read_needed(const uint8_t *bytes, size_t count, size_t limit, enum colours colours, photo *out) {
    size_t kept = 0;
    uint8_t *needed = needed_chunks(bytes, count, &kept);
    if (!needed) return PHOTO_NO_MEMORY;
    photo_status status = read_pixels(needed, kept, limit, colours, out);
    free(needed);
    return status;
}

photo_status photo_from_png(const uint8_t *bytes, size_t count, size_t limit, photo *out) {
    return read_needed(bytes, count, limit, GREY, out);
}

photo_status photo_colours_from_png(const uint8_t *bytes, size_t count, size_t limit, int keeps_opacity, photo *out) {
    return read_needed(bytes, count, limit, keeps_opacity ? WITH_OPACITY : ON_WHITE, out);
}
