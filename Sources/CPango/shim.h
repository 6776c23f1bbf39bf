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
