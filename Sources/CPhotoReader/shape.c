#include "photo_reader.h"

#include <stdlib.h>
#include <string.h>

static photo_status allocate(int width, int height, int channels, photo *out) {
    uint8_t *pixels = malloc((size_t)width * (size_t)height * (size_t)channels);
    if (!pixels) return PHOTO_NO_MEMORY;
    *out = (photo){.pixels = pixels, .width = width, .height = height, .channels = channels};
    return PHOTO_OK;
}

static uint8_t *at(const photo *picture, int x, int y) {
    return picture->pixels + ((size_t)y * (size_t)picture->width + (size_t)x) * (size_t)picture->channels;
}

photo_status photo_from_rgb24(const uint8_t *pixels, int width, int height, int stride, photo *out) {
    photo_status status = allocate(width, height, 1, out);
    if (status != PHOTO_OK) return status;
    for (int y = 0; y < height; y++) {
        // cairo aligns its lines to words.
        const uint32_t *line = (const uint32_t *)(const void *)(pixels + (size_t)y * (size_t)stride);
        for (int x = 0; x < width; x++) {
            // Weights of ITU-R BT.601.
            *at(out, x, y) = (uint8_t)((299 * (line[x] >> 16 & 255) + 587 * (line[x] >> 8 & 255) + 114 * (line[x] & 255)) / 1000);
        }
    }
    return PHOTO_OK;
}

photo_status photo_turn(const photo *picture, int orientation, photo *out) {
    const int width = picture->width, height = picture->height;
    // From 5 on, lines become columns.
    const int is_turned = orientation >= 5;
    photo_status status = allocate(is_turned ? height : width, is_turned ? width : height, picture->channels, out);
    if (status != PHOTO_OK) return status;
    for (int y = 0; y < out->height; y++) {
        for (int x = 0; x < out->width; x++) {
            int column = is_turned ? y : x, line = is_turned ? x : y;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) column = width - 1 - column;
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) line = height - 1 - line;
            memcpy(at(out, x, y), at(picture, column, line), (size_t)picture->channels);
        }
    }
    return PHOTO_OK;
}

// The sums of a line's pixels over each of `count` shares of its `length` pixels, each weighed by how much of it belongs to
// the share, in parts of `count`: a share has `length` of them.
static void sum_line(const uint8_t *line, int channels, long length, long count, uint32_t *sums) {
    for (long x = 0; x < count; x++, sums += channels) {
        const long start = x * length, end = start + length;
        const long first = start / count, last = (end - 1) / count;
        const uint32_t head = (uint32_t)((first + 1) * count < end ? (first + 1) * count - start : length);
        const uint32_t tail = (uint32_t)(end - last * count);
        for (int channel = 0; channel < channels; channel++) {
            const uint8_t *value = line + first * channels + channel;
            uint32_t sum = head * *value, between = 0;
            for (long column = first + 1; column < last; column++) between += *(value += channels);
            sums[channel] = sum + between * (uint32_t)count + (last > first ? tail * value[channels] : 0);
        }
    }
}

photo_status photo_reduce(const photo *picture, int left, int top, photo_size part, photo_size size, photo *out) {
    const int channels = picture->channels, width = size.width * channels;
    uint32_t *sums = malloc((size_t)width * sizeof *sums);
    uint64_t *totals = malloc((size_t)width * sizeof *totals);
    photo_status status = sums && totals ? allocate(size.width, size.height, channels, out) : PHOTO_NO_MEMORY;
    const uint64_t whole = (uint64_t)part.width * (uint64_t)part.height;
    long summed = -1;
    for (long y = 0; status == PHOTO_OK && y < size.height; y++) {
        const long start = y * part.height, end = start + part.height;
        memset(totals, 0, (size_t)width * sizeof *totals);
        for (long line = start / size.height; line * size.height < end; line++) {
            // A line on the border of two shares is summed once.
            if (line != summed) sum_line(at(picture, left, top + (int)line), channels, part.width, size.width, sums);
            summed = line;
            const long from = line * size.height, to = from + size.height;
            const uint64_t weight = (uint64_t)((to < end ? to : end) - (from > start ? from : start));
            for (int i = 0; i < width; i++) totals[i] += weight * sums[i];
        }
        uint8_t *pixels = at(out, 0, (int)y);
        for (int i = 0; i < width; i++) pixels[i] = (uint8_t)((totals[i] + whole / 2) / whole);
    }
    free(sums);
    free(totals);
    return status;
}
