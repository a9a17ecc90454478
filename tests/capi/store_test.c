#include "check.h"

static const char* const path = "build/capi_store.rapport";

static void clean(void) {
  remove(path);
  remove("build/capi_store.rapport-wal");
  remove("build/capi_store.rapport-shm");
}

static void add(rapport_project* project, const char* key) {
  char edit[200];
  snprintf(edit, sizeof edit, "{\"put\": {\"deliverables\": [{\"key\": \"%s\"}]}}", key);
  MUST(rapport_project_apply(project, edit, "Ito", MARCH_1_AT_8, NULL, &error));
}

static void keeps_facts_and_journal(void) {
  rapport_project *project = pier_project(), *loaded = NULL;
  char *ours = NULL, *theirs = NULL;
  uint64_t entry = 0;
  add(project, "D-1");
  MUST(rapport_store_create(path, project, &error));
  add(project, "D-2");
  MUST(rapport_store_append(path, project, &error));
  MUST(rapport_store_load(path, &loaded, &error));
  MUST(rapport_project_to_json(project, &ours, &error));
  MUST(rapport_project_to_json(loaded, &theirs, &error));
  CHECK_TEXT(theirs, ours);
  MUST(rapport_project_undo(loaded, NULL, 0, &entry, &error));
  CHECK(entry == 3);
  rapport_string_free(ours);
  rapport_string_free(theirs);
  rapport_project_free(project);
  rapport_project_free(loaded);
  clean();
}

static void is_read_like_any_plan_with_others_merged_into_it(void) {
  const char* const other = "build/capi_more.json";
  const char* paths[2];
  rapport_project *project = pier_project(), *read = NULL;
  uint64_t entry = 0;
  table journal;
  rapport_read_options options = RAPPORT_READ_OPTIONS_INIT;
  FILE* file = fopen(other, "wb");
  options.author = "Wang";
  options.when = MARCH_5_AT_17;
  paths[0] = path;
  paths[1] = other;
  fputs("{\"deliverables\": [{\"key\": \"D-9\"}]}", file);
  fclose(file);
  add(project, "D-1");
  MUST(rapport_store_create(path, project, &error));
  MUST(rapport_project_read(paths, 2, &options, &read, NULL, &error));
  MUST(rapport_project_journal(read, &journal.stream, &error));
  open_table(&journal);
  CHECK(journal.batch.length == 2);
  CHECK_TEXT(text_at(&journal, "author", 1), "Wang");
  CHECK_TEXT(text_at(&journal, "key", 1), "D-9");
  CHECK_TEXT(text_at(&journal, "reason", 1), "read capi_more.json");
  CHECK(whole_at(&journal, "when", 1) == MARCH_5_AT_17);
  close_table(&journal);
  MUST(rapport_project_undo(read, NULL, 0, &entry, &error));
  rapport_project_free(project);
  rapport_project_free(read);
  remove(other);
  clean();
}

static void refuses_by_name(void) {
  rapport_project *project = pier_project(), *none = NULL;
  REFUSED(rapport_store_load(path, &none, &error), RAPPORT_STORE, path, "\"sqlite_code\": 14");
  MUST(rapport_store_create(path, project, &error));
  REFUSED(rapport_store_create(path, project, &error), RAPPORT_STORE, "exists already", "store");
  add(project, "D-1");
  MUST(rapport_store_append(path, project, &error));
  MUST(rapport_project_undo(project, NULL, 0, NULL, &error));
  rapport_project_free(project);
  project = pier_project();
  REFUSED(rapport_store_append(path, project, &error), RAPPORT_STORE, "parted", "store");
  REFUSED(rapport_store_load(RAPPORT_SOURCE_DIR "/CMakeLists.txt", &none, &error), RAPPORT_STORE,
          "is no Rapport store", "\"sqlite_code\": 26");
  CHECK(none == NULL);
  rapport_project_free(project);
  clean();
}

int main(void) {
  clean();
  keeps_facts_and_journal();
  is_read_like_any_plan_with_others_merged_into_it();
  refuses_by_name();
  return failures != 0;
}
