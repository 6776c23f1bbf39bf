#include "photo_reader.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <jpeglib.h>
#include <jerror.h>

// A progressive picture may ask to be gone over any number of times; real ones have about ten scans.
static const int maximum_scans = 30;
// It also wants all its coefficients in memory: a camera's 50 megapixels with half the colours have 150 MB.
static const long maximum_memory = 192L << 20;

struct failure {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
    bool is_cut;
};

static void escape(j_common_ptr codec) {
    struct failure *failure = (struct failure *)codec->err;
    longjmp(failure->escape, 1);
}

// Warnings are for people at a terminal, but what is missing is grey in the picture.
static void note(j_common_ptr codec, int level) {
    struct failure *failure = (struct failure *)codec->err;
    if (level < 0 && (codec->err->msg_code == JWRN_JPEG_EOF || codec->err->msg_code == JWRN_HIT_MARKER)) {
        failure->is_cut = true;
    }
}

static void count_scans(j_common_ptr codec) {
    if (codec->is_decompressor && ((j_decompress_ptr)codec)->input_scan_number > maximum_scans) escape(codec);
}

// Four inks on paper. Adobe's programs store how much paper is left, others how much ink there is.
static void mix_inks(const uint8_t *inks, size_t width, bool is_inverted, int channels, uint8_t *line) {
    for (size_t i = 0; i < width; i++, inks += 4) {
        unsigned paper[4];
        for (int ink = 0; ink < 4; ink++) paper[ink] = is_inverted ? inks[ink] : 255u - inks[ink];
        if (channels == 3) {
            for (int colour = 0; colour < 3; colour++) *line++ = (uint8_t)(paper[colour] * paper[3] / 255);
        } else {
            // Weights of ITU-R BT.601.
            *line++ = (uint8_t)((299 * paper[0] + 587 * paper[1] + 114 * paper[2]) / 1000 * paper[3] / 255);
        }
    }
}

// What is made of a picture.
struct wish {
    // Most pixels, by the header.
    size_t limit;
    // Reduced to about so many pixels, and to no less than this size; none where 0.
    size_t wanted;
    photo_size least;
    int channels;
};

// Reduces while decoding, which is also the cheapest way.
static void choose_scale(j_decompress_ptr codec, const struct wish *wish) {
    codec->scale_num = 1;
    codec->scale_denom = 1;
    while (codec->scale_denom < 8) {
        unsigned next = codec->scale_denom * 2;
        size_t pixels = (size_t)codec->image_width * codec->image_height / (codec->scale_denom * codec->scale_denom);
        bool is_large = codec->image_width / next >= (unsigned)wish->least.width
            && codec->image_height / next >= (unsigned)wish->least.height;
        if (wish->wanted ? pixels <= wish->wanted : !is_large) break;
        codec->scale_denom = next;
    }
}

static photo_status decode(const uint8_t *bytes, size_t count, const struct wish *wish, photo *out) {
    struct jpeg_decompress_struct codec;
    struct failure failure = {.is_cut = false};
    struct jpeg_progress_mgr progress = {.progress_monitor = count_scans};
    // Set after setjmp and read after longjmp.
    uint8_t *volatile pixels = NULL;

    codec.err = jpeg_std_error(&failure.manager);
    failure.manager.error_exit = escape;
    failure.manager.emit_message = note;
    if (setjmp(failure.escape)) {
        free(pixels);
        int code = codec.err->msg_code;
        jpeg_destroy_decompress(&codec);
        return code == JERR_NO_BACKING_STORE || code == JERR_OUT_OF_MEMORY ? PHOTO_TOO_LARGE : PHOTO_DAMAGED;
    }
    jpeg_create_decompress(&codec);
    codec.mem->max_memory_to_use = maximum_memory;
    codec.progress = &progress;
    jpeg_mem_src(&codec, bytes, count);
    jpeg_read_header(&codec, TRUE);
    if ((size_t)codec.image_width * codec.image_height > wish->limit) {
        jpeg_destroy_decompress(&codec);
        return PHOTO_TOO_LARGE;
    }
    choose_scale(&codec, wish);
    // libjpeg gives brightness alone of colour pictures for nothing; inks it gives as they are.
    bool has_inks = codec.jpeg_color_space == JCS_CMYK || codec.jpeg_color_space == JCS_YCCK;
    codec.out_color_space = has_inks ? JCS_CMYK : wish->channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
    jpeg_start_decompress(&codec);
    size_t width = codec.output_width, height = codec.output_height, length = width * (size_t)wish->channels;
    // A line of inks goes behind the pixels.
    pixels = malloc(length * height + (has_inks ? width * 4 : 0));
    if (!pixels) {
        jpeg_destroy_decompress(&codec);
        return PHOTO_NO_MEMORY;
    }
    while (codec.output_scanline < codec.output_height) {
        uint8_t *line = pixels + length * codec.output_scanline;
        JSAMPROW row = has_inks ? pixels + length * height : line;
        jpeg_read_scanlines(&codec, &row, 1);
        if (has_inks) mix_inks(row, width, codec.saw_Adobe_marker, wish->channels, line);
    }
    jpeg_finish_decompress(&codec);
    jpeg_destroy_decompress(&codec);
    *out = (photo){.pixels = pixels, .width = (int)width, .height = (int)height, .channels = wish->channels};
    // A code can be read where the rest is missing; a portrait is not printed so.
    if (!failure.is_cut || wish->channels == 1) return PHOTO_OK;
    photo_free(out);
    return PHOTO_DAMAGED;
}

photo_status photo_from_jpeg(const uint8_t *bytes, size_t count, size_t limit, size_t wanted, photo *out) {
    struct wish wish = {.limit = limit, .wanted = wanted, .channels = 1};
    return decode(bytes, count, &wish, out);
}

photo_status photo_colours_from_jpeg(const uint8_t *bytes, size_t count, size_t limit, photo_size least, photo *out) {
    struct wish wish = {.limit = limit, .least = least, .channels = 3};
    return decode(bytes, count, &wish, out);
}

void photo_free(photo *picture) {
    free(picture->pixels);
    picture->pixels = NULL;
}
