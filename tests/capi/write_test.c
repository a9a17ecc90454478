#include "check.h"

static void writes_what_it_can_read_again(void) {
  const char* const path = "build/capi_write.xer";
  const char* paths[1];
  rapport_project *project = pier_project(), *again = NULL;
  char *notes = NULL, *json = NULL;
  MUST(rapport_project_write(project, path, NULL, NULL, &notes, &error));
  CHECK(notes != NULL && notes[0] == '[');
  paths[0] = path;
  MUST(rapport_project_read(paths, 1, NULL, &again, NULL, &error));
  MUST(rapport_project_to_json(again, &json, &error));
  CHECK(strstr(json, "\"activities\"") != NULL);
  /* With the file itself as the original, only what changed is written; nothing did. */
  MUST(rapport_project_write(again, path, path, NULL, NULL, &error));
  rapport_string_free(notes);
  rapport_string_free(json);
  rapport_project_free(again);
  rapport_project_free(project);
  remove(path);
}

static void refuses_an_ending_that_names_no_format(void) {
  rapport_project* project = pier_project();
  REFUSED(rapport_project_write(project, "build/plan.mpp", NULL, NULL, NULL, &error), RAPPORT_INVALID_INPUT,
          "end its name in .xer", "");
  rapport_project_free(project);
}

int main(void) {
  writes_what_it_can_read_again();
  refuses_an_ending_that_names_no_format();
  return failures != 0;
}
