/* What does a change do to a plan? impact CHANGE.json PLAN [FACTS]... */
#include <rapport/rapport.h>
#include <stdio.h>
#include <stdlib.h>

static char* text_of(const char* path) {
  FILE* file = fopen(path, "rb");
  if (file == NULL) return NULL;
  size_t size = 0, room = 4096;
  char* text = malloc(room);
  while (text != NULL) {
    size += fread(text + size, 1, room - size - 1, file);
    if (size + 1 < room) break;
    room *= 2;
    char* more = realloc(text, room);
    if (more == NULL) free(text);
    text = more;
  }
  if (text != NULL) text[size] = '\0';
  fclose(file);
  return text;
}

int main(int argc, char** argv) {
  if (argc < 3) {
    fputs("impact CHANGE.json PLAN [FACTS]...\n", stderr);
    return 2;
  }
  char* change = text_of(argv[1]);
  if (change == NULL) {
    fprintf(stderr, "cannot read %s\n", argv[1]);
    return 1;
  }

  rapport_error* error = NULL;
  rapport_project* project = NULL;
  rapport_network* network = NULL;
  rapport_schedule* before = NULL;
  rapport_impact* impact = NULL;
  char* trail = NULL;
  int64_t delta = 0;
  rapport_money cost = {0, ""};

  rapport_status status =
      rapport_project_read((const char* const*)(argv + 2), (size_t)(argc - 2), NULL, &project, NULL, &error);
  if (!status) status = rapport_project_compile(project, NULL, &network, &error);
  if (!status) status = rapport_network_schedule(network, NULL, &before, &error);
  if (!status) status = rapport_project_assess(project, before, change, NULL, &impact, &error);
  if (!status) status = rapport_impact_finish_delta(impact, &delta, &error);
  if (!status) status = rapport_impact_cost_delta(impact, &cost, &error);
  if (!status) status = rapport_impact_trail(impact, "finish", &trail, &error);
  if (!status) {
    printf("finish: %+.1f days\n", (double)delta / 86400.0);
    printf("cost:   %+lld minor units of %s\n", (long long)cost.minor, cost.currency);
    printf("why:    %s\n", trail);
  } else {
    fprintf(stderr, "%s\n", rapport_error_message(error));
  }

  rapport_string_free(trail);
  rapport_impact_free(impact);
  rapport_schedule_free(before);
  rapport_network_free(network);
  rapport_project_free(project);
  rapport_error_free(error);
  free(change);
  return status ? 1 : 0;
}
