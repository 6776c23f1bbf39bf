#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-font.h>

/* The file of a font of fontconfig's, as long as the font lives; NULL for another. */
static inline const char *signet_pango_font_file(PangoFont *font) {
    FcChar8 *file = NULL;
    if (!PANGO_IS_FC_FONT(font)) return NULL;
    FcPattern *pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
    if (!pattern || FcPatternGetString(pattern, FC_FILE, 0, &file) != FcResultMatch) return NULL;
    return (const char *)file;
}

/* Whether a font goes by a family name, in whichever language: fontconfig puts that of the locale first. */
static inline int signet_pango_font_has_family(PangoFont *font, const char *family) {
    FcChar8 *name = NULL;
    if (!PANGO_IS_FC_FONT(font)) return 0;
    FcPattern *pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
    for (int i = 0; pattern && FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0) return 1;
    return 0;
}
