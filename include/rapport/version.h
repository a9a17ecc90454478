#ifndef RAPPORT_VERSION_H
#define RAPPORT_VERSION_H

/* The one place the version is written: CMake, pyproject.toml and both libraries read it here. */
#define RAPPORT_VERSION_MAJOR 0
#define RAPPORT_VERSION_MINOR 1
#define RAPPORT_VERSION_PATCH 0

#define RAPPORT_QUOTE_(x) #x
#define RAPPORT_DOTTED_(a, b, c) RAPPORT_QUOTE_(a) "." RAPPORT_QUOTE_(b) "." RAPPORT_QUOTE_(c)

/** The version as text, for example "1.4.2". Plain C, so that both languages may use it. */
#define RAPPORT_VERSION RAPPORT_DOTTED_(RAPPORT_VERSION_MAJOR, RAPPORT_VERSION_MINOR, RAPPORT_VERSION_PATCH)

#endif
