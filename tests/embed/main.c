#include <rapport/rapport.h>
#include <rapport/version.h>
#include <stdio.h>

int main(void) { return puts(RAPPORT_VERSION) < 0; }
