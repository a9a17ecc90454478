#include "check.h"

static void write_file(const char* path, const char* text) {
  FILE* file = fopen(path, "wb");
  if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
    perror(path);
    exit(1);
  }
}

static void gives_back_the_document_it_was_made_of(void) {
  rapport_project* project = pier_project();
  rapport_project* again = NULL;
  char *first = NULL, *second = NULL;
  MUST(rapport_project_to_json(project, &first, &error));
  MUST(rapport_project_from_json(first, &again, NULL, &error));
  MUST(rapport_project_to_json(again, &second, &error));
  CHECK_TEXT(first, second);
  CHECK_HOLDS(first, "\"DIG\"");
  rapport_string_free(first);
  rapport_string_free(second);
  rapport_project_free(project);
  rapport_project_free(again);
}

static void lists_what_a_document_held_that_it_could_not_keep(void) {
  rapport_project* project = NULL;
  char* diagnostics = NULL;
  MUST(rapport_project_from_json("{\"name\": \"P\",\n \"colour\": \"red\"}", &project, &diagnostics, &error));
  CHECK_HOLDS(diagnostics, "colour");
  CHECK_HOLDS(diagnostics, "\"line\": 2");
  CHECK_HOLDS(diagnostics, "\"severity\": \"warning\"");
  rapport_string_free(diagnostics);
  rapport_project_free(project);
}

static void lists_what_is_odd_about_facts_and_yet_can_be_used(void) {
  rapport_project* project = NULL;
  char* diagnostics = NULL;
  MUST(rapport_project_from_json("{\"activities\": [{\"key\": \"A\", \"deadline\": \"2999-01-01T00:00\"}]}",
                                 &project, &diagnostics, &error));
  CHECK_HOLDS(diagnostics, "activity A");
  CHECK_HOLDS(diagnostics, "deadline is 2999-01-01T00:00");
  rapport_string_free(diagnostics);
  rapport_project_free(project);
}

static void says_where_a_document_is_wrong(void) {
  rapport_project* project = NULL;
  REFUSED(rapport_project_from_json("{\"name\":\n  nonsense}", &project, NULL, &error), RAPPORT_PARSE, "2",
          "\"line\": 2");
  CHECK(project == NULL);
}

static void refuses_facts_that_contradict_each_other_with_every_finding(void) {
  rapport_project* project = NULL;
  REFUSED(rapport_project_from_json("{\"links\": [{\"predecessor\": \"A\", \"successor\": \"B\"}]}", &project,
                                    NULL, &error),
          RAPPORT_INVALID_INPUT, "A", "\"diagnostics\": [");
}

static void gives_one_fact(void) {
  rapport_project* project = pier_project();
  char* fact = NULL;
  MUST(rapport_project_fact(project, "activity:POUR", &fact, &error));
  CHECK_HOLDS(fact, "16h");
  rapport_string_free(fact);
  REFUSED(rapport_project_fact(project, "activity:POOR", &fact, &error), RAPPORT_NOT_FOUND,
          "did you mean POUR", "\"nearest\": [\n    \"POUR\"");
  REFUSED(rapport_project_fact(project, "activty:POUR", &fact, &error), RAPPORT_NOT_FOUND, "activity",
          "\"key\": \"activty\"");
  REFUSED(rapport_project_fact(project, "POUR", &fact, &error), RAPPORT_PARSE, "POUR", "parse");
  rapport_project_free(project);
}

static void edits_and_undoes_with_a_journal(void) {
  rapport_project* project = pier_project();
  uint64_t entry = 0;
  char* fact = NULL;
  table journal;
  MUST(rapport_project_apply(
      project,
      "{\"reason\": \"harder\", \"put\": {\"activities\": [{\"key\": \"POUR\", \"duration\": "
      "\"24h\", \"calendar\": \"SITE\", \"subproject\": \"PIER\"}]},"
      " \"remove\": [\"link:OFFICE>DONE:FS\"]}",
      "Ito", MARCH_1_AT_8, &entry, &error));
  CHECK(entry == 1);
  MUST(rapport_project_fact(project, "activity:POUR", &fact, &error));
  CHECK_HOLDS(fact, "24h");
  rapport_string_free(fact);
  CHECK(rapport_project_fact(project, "link:OFFICE>DONE:FS", &fact, NULL) == RAPPORT_NOT_FOUND);

  MUST(rapport_project_undo(project, "Wang", MARCH_5_AT_17, &entry, &error));
  CHECK(entry == 2);
  MUST(rapport_project_fact(project, "activity:POUR", &fact, &error));
  CHECK_HOLDS(fact, "16h");
  rapport_string_free(fact);
  REFUSED(rapport_project_undo(project, NULL, 0, &entry, &error), RAPPORT_INVALID_INPUT, "nothing to undo",
          "");

  MUST(rapport_project_journal(project, &journal.stream, &error));
  rapport_project_free(project);
  open_table(&journal);
  CHECK(journal.batch.length == 4);
  CHECK(whole_at(&journal, "number", 3) == 2);
  CHECK(whole_at(&journal, "undoes", 3) == 1);
  CHECK(whole_at(&journal, "when", 0) == MARCH_1_AT_8);
  CHECK_TEXT(text_at(&journal, "author", 0), "Ito");
  CHECK_TEXT(text_at(&journal, "reason", 0), "harder");
  CHECK_HOLDS(text_at(&journal, "before", row_of(&journal, "key", "POUR")), "16h");
  CHECK_HOLDS(text_at(&journal, "after", row_of(&journal, "key", "POUR")), "24h");
  close_table(&journal);
}

static void applies_an_edit_whole_or_not_at_all(void) {
  rapport_project* project = pier_project();
  char *before = NULL, *after = NULL;
  uint64_t entry = 77;
  MUST(rapport_project_to_json(project, &before, &error));
  REFUSED(rapport_project_apply(
              project, "{\"put\": {\"deliverables\": [{\"key\": \"D\"}]}, \"remove\": [\"risk:NO\"]}", NULL,
              0, &entry, &error),
          RAPPORT_NOT_FOUND, "NO", "\"kind\": \"risk\"");
  REFUSED(rapport_project_apply(project,
                                "{\"put\": {\"links\": [{\"predecessor\": \"DIG\", \"successor\": \"?\"}]}}",
                                NULL, 0, &entry, &error),
          RAPPORT_INVALID_INPUT, "?", "diagnostics");
  REFUSED(rapport_project_apply(project, "{\"put\": {\"risks\": [{\"key\": \"R\", \"titel\": \"x\"}]}}", NULL,
                                0, &entry, &error),
          RAPPORT_INVALID_INPUT, "titel", "diagnostics");
  REFUSED(rapport_project_apply(project, "{\"putt\": {}}", NULL, 0, &entry, &error), RAPPORT_INVALID_INPUT,
          "has a field \"putt\"", "");
  REFUSED(rapport_project_apply(project, "[]", NULL, 0, &entry, &error), RAPPORT_INVALID_INPUT,
          "no JSON object", "");
  REFUSED(rapport_project_apply(project, "{\n\"put\": }", NULL, 0, &entry, &error), RAPPORT_PARSE, "edit:2:8",
          "\"column\": 8");
  REFUSED(rapport_project_apply(project, "{\"put\":\n {\"risks\": [1e999]}}", NULL, 0, &entry, &error),
          RAPPORT_PARSE, "edit:2:13: this number is beyond what can be held", "\"column\": 13");
  /* Columns count characters, as people do. */
  REFUSED(rapport_project_apply(project, "{\"reason\": \"\xC3\xA4\", }", NULL, 0, &entry, &error),
          RAPPORT_PARSE, "edit:1:17: this is no JSON", "");
  REFUSED(rapport_project_apply(project, "{\"remove\": \"risk:RK-1\"}", NULL, 0, &entry, &error),
          RAPPORT_INVALID_INPUT, "no list", "");
  REFUSED(rapport_project_apply(project, "{\"remove\": [7]}", NULL, 0, &entry, &error), RAPPORT_INVALID_INPUT,
          "removes 7", "");
  REFUSED(rapport_project_apply(project, "{}", NULL, INT64_MAX, &entry, &error), RAPPORT_INVALID_INPUT,
          "argument when is", "");
  MUST(rapport_project_to_json(project, &after, &error));
  CHECK_TEXT(after, before);
  CHECK(entry == 77);
  rapport_string_free(before);
  rapport_string_free(after);
  rapport_project_free(project);
}

static void refuses_an_edit_that_nests_without_end(void) {
  static char deep[200001];
  rapport_project* project = pier_project();
  memset(deep, '[', sizeof deep - 1);
  memcpy(deep, "{\"put\":", 7);
  REFUSED(rapport_project_apply(project, deep, NULL, 0, NULL, &error), RAPPORT_PARSE,
          "edit:1:71: this is nested", "64 levels");
  rapport_project_free(project);
}

static int32_t count_calls(void* context, double fraction, const char* stage) {
  CHECK(fraction >= 0 && fraction <= 1);
  CHECK(stage != NULL);
  ++*(int*)context;
  return 0;
}

static void reads_several_files_into_one(void) {
  const char* const paths[] = {"build/capi_plan.json", "build/capi_needs.json"};
  rapport_project* project = NULL;
  char *diagnostics = NULL, *fact = NULL;
  int calls = 0;
  rapport_read_options options = RAPPORT_READ_OPTIONS_INIT;
  options.progress = count_calls;
  options.progress_context = &calls;
  write_file(paths[0], pier);
  write_file(
      paths[1],
      "{\"deliverables\": [{\"key\": \"D-1\", \"name\": \"Quay\"}], \"requirements\": [{\"key\": \"REQ-1\","
      " \"title\": \"Deeper water\"}]}");
  MUST(rapport_project_read(paths, 2, &options, &project, &diagnostics, &error));
  CHECK_HOLDS(diagnostics, "REQ-1");
  MUST(rapport_project_fact(project, "requirement:REQ-1", &fact, &error));
  CHECK_HOLDS(fact, "Deeper water");
  rapport_string_free(fact);
  rapport_string_free(diagnostics);
  rapport_project_free(project);
  remove(paths[0]);
  remove(paths[1]);
}

static void names_the_file_that_cannot_be_read(void) {
  const char* path = "build/capi_missing.xer";
  rapport_project* project = NULL;
  char* diagnostics = NULL;
  REFUSED(rapport_project_read(&path, 1, NULL, &project, &diagnostics, &error), RAPPORT_INVALID_INPUT,
          "capi_missing.xer", "");
  path = "build/capi_garbage.xer";
  write_file(path, "\x01\x02 neither this nor that");
  REFUSED(rapport_project_read(&path, 1, NULL, &project, &diagnostics, &error), RAPPORT_PARSE,
          "capi_garbage.xer", "\"file\"");
  remove(path);
  CHECK(project == NULL && diagnostics == NULL);
}

static void reads_the_sample_that_ships_with_rapport(void) {
  const char* const paths[] = {RAPPORT_SOURCE_DIR "/samples/lakeside-clinic/plan.json",
                               RAPPORT_SOURCE_DIR "/samples/lakeside-clinic/people.json",
                               RAPPORT_SOURCE_DIR "/samples/lakeside-clinic/needs.json",
                               RAPPORT_SOURCE_DIR "/samples/lakeside-clinic/traces.csv",
                               RAPPORT_SOURCE_DIR "/samples/lakeside-clinic/risks.json"};
  rapport_project* project = NULL;
  char* fact = NULL;
  MUST(rapport_project_read(paths, sizeof paths / sizeof *paths, NULL, &project, NULL, &error));
  MUST(rapport_project_fact(project, "requirement:REQ-01", &fact, &error));
  CHECK_HOLDS(fact, "Fewer missed visits");
  rapport_string_free(fact);
  rapport_project_free(project);
}

int main(void) {
  gives_back_the_document_it_was_made_of();
  lists_what_a_document_held_that_it_could_not_keep();
  lists_what_is_odd_about_facts_and_yet_can_be_used();
  says_where_a_document_is_wrong();
  refuses_facts_that_contradict_each_other_with_every_finding();
  gives_one_fact();
  edits_and_undoes_with_a_journal();
  applies_an_edit_whole_or_not_at_all();
  refuses_an_edit_that_nests_without_end();
  reads_several_files_into_one();
  names_the_file_that_cannot_be_read();
  reads_the_sample_that_ships_with_rapport();
  return failures != 0;
}
