#include "photo_reader.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <jpeglib.h>

// A progressive picture may ask to be gone over any number of times; real ones have about ten scans.
static const int maximum_scans = 100;

struct failure {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
};

static void escape(j_common_ptr codec) {
    struct failure *failure = (struct failure *)codec->err;
    longjmp(failure->escape, 1);
}

// Warnings are for people at a terminal.
static void say_nothing(j_common_ptr codec, int level) {
    (void)codec;
    (void)level;
}

static void count_scans(j_common_ptr codec) {
    if (codec->is_decompressor && ((j_decompress_ptr)codec)->input_scan_number > maximum_scans) escape(codec);
}

// Reduces while decoding, which is also the cheapest way.
static void choose_scale(j_decompress_ptr codec, size_t wanted) {
    codec->scale_num = 1;
    codec->scale_denom = 1;
    while (codec->scale_denom < 8
           && (size_t)codec->image_width * codec->image_height / (codec->scale_denom * codec->scale_denom) > wanted) {
        codec->scale_denom *= 2;
    }
}

photo_status photo_from_jpeg(const uint8_t *bytes, size_t count, size_t limit, size_t wanted, photo *out) {
    struct jpeg_decompress_struct codec;
    struct failure failure;
    struct jpeg_progress_mgr progress = {.progress_monitor = count_scans};
    // Set after setjmp and read after longjmp.
    uint8_t *volatile pixels = NULL;

    codec.err = jpeg_std_error(&failure.manager);
    failure.manager.error_exit = escape;
    failure.manager.emit_message = say_nothing;
    if (setjmp(failure.escape)) {
        free(pixels);
        jpeg_destroy_decompress(&codec);
        return PHOTO_DAMAGED;
    }
    jpeg_create_decompress(&codec);
    codec.progress = &progress;
    jpeg_mem_src(&codec, bytes, count);
    jpeg_read_header(&codec, TRUE);
    if ((size_t)codec.image_width * codec.image_height > limit) {
        jpeg_destroy_decompress(&codec);
        return PHOTO_TOO_LARGE;
    }
    choose_scale(&codec, wanted);
    // libjpeg gives brightness alone of colour pictures for nothing; CMYK it would refuse.
    codec.out_color_space = JCS_GRAYSCALE;
    jpeg_start_decompress(&codec);
    size_t width = codec.output_width, height = codec.output_height;
    pixels = malloc(width * height);
    if (!pixels) {
        jpeg_destroy_decompress(&codec);
        return PHOTO_NO_MEMORY;
    }
    while (codec.output_scanline < codec.output_height) {
        JSAMPROW row = pixels + width * codec.output_scanline;
        jpeg_read_scanlines(&codec, &row, 1);
    }
    jpeg_finish_decompress(&codec);
    jpeg_destroy_decompress(&codec);
    *out = (photo){.pixels = pixels, .width = (int)width, .height = (int)height};
    return PHOTO_OK;
}

void photo_free(photo *picture) {
    free(picture->pixels);
    picture->pixels = NULL;
}
