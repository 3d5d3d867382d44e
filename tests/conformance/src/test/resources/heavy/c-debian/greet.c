#include <stdio.h>
#include "greet.h"
const char *greet(const char *who) { static char text[99]; snprintf(text, sizeof text, "hello %s", who); return text; }
