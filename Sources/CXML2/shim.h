#include <libxml/xmlversion.h>
// Debian's libxml2 would bring ICU's headers with it, which contradict those inside Foundation. Nothing that is
// used here has to do with them.
#undef LIBXML_ICU_ENABLED
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
