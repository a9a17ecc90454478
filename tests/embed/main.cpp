#include <rapport/version.h>

#include <cstdio>

int main() { return std::puts(RAPPORT_VERSION) < 0; }
