#include "photo_reader.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

photo_status photo_from_png(const uint8_t *bytes, size_t count, size_t limit, photo *out) {
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, bytes, count)) return PHOTO_DAMAGED;
    if ((size_t)image.width * image.height > limit) {
        png_image_free(&image);
        return PHOTO_TOO_LARGE;
    }
    image.format = PNG_FORMAT_GRAY;
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
    *out = (photo){.pixels = pixels, .width = (int)image.width, .height = (int)image.height};
    return PHOTO_OK;
}
