#include "check.h"

static void numbers_activities_with_predecessors_first(void) {
  rapport_project* project = pier_project();
  rapport_network* network = compiled(project);
  uint32_t count = 0, links = 0, dig = 0, pour = 0, done = 0;
  const char* key = NULL;
  MUST(rapport_network_activity_count(network, &count, &error));
  MUST(rapport_network_link_count(network, &links, &error));
  CHECK(count == 4 && links == 3);
  MUST(rapport_network_find(network, "DIG", &dig, &error));
  MUST(rapport_network_find(network, "POUR", &pour, &error));
  MUST(rapport_network_find(network, "DONE", &done, &error));
  CHECK(dig < pour && pour < done && done < count);
  MUST(rapport_network_key(network, pour, &key, &error));
  CHECK_TEXT(key, "POUR");
  REFUSED(rapport_network_key(network, 4, &key, &error), RAPPORT_INVALID_INPUT, "no activity at 4", "");
  REFUSED(rapport_network_find(network, "DGI", &dig, &error), RAPPORT_NOT_FOUND, "did you mean DIG",
          "\"kind\": \"activity\"");
  rapport_network_free(network);
  rapport_project_free(project);
}

static void tells_the_way_round_a_loop(void) {
  rapport_project* project = pier_project();
  rapport_network* network = NULL;
  MUST(rapport_project_apply(project,
                             "{\"put\": {\"links\": [{\"predecessor\": \"POUR\", \"successor\": \"DIG\"}]}}",
                             NULL, 0, NULL, &error));
  REFUSED(rapport_project_compile(project, NULL, &network, &error), RAPPORT_CYCLE, "waits for itself",
          "\"keys\": [\n");
  CHECK(network == NULL);
  rapport_project_free(project);
}

static void schedules_as_counted_by_hand(void) {
  rapport_project* project = pier_project();
  rapport_network* network = compiled(project);
  rapport_schedule* schedule = NULL;
  int64_t start = 0, finish = 0, starts[4], finishes[4], floats[4], critical[4];
  uint32_t dig = 0, pour = 0, office = 0;
  MUST(rapport_network_schedule(network, NULL, &schedule, &error));
  MUST(rapport_schedule_start(schedule, &start, &error));
  MUST(rapport_schedule_finish(schedule, &finish, &error));
  CHECK(start == MARCH_1_AT_8);
  CHECK(finish == MARCH_9_AT_17);
  MUST(rapport_network_find(network, "DIG", &dig, &error));
  MUST(rapport_network_find(network, "POUR", &pour, &error));
  MUST(rapport_network_find(network, "OFFICE", &office, &error));
  MUST(rapport_schedule_values(schedule, RAPPORT_EARLY_START, starts, 4, &error));
  MUST(rapport_schedule_values(schedule, RAPPORT_EARLY_FINISH, finishes, 4, &error));
  MUST(rapport_schedule_values(schedule, RAPPORT_TOTAL_FLOAT, floats, 4, &error));
  MUST(rapport_schedule_values(schedule, RAPPORT_CRITICAL, critical, 4, &error));
  CHECK(starts[dig] == MARCH_1_AT_8 && finishes[dig] == MARCH_5_AT_17);
  CHECK(starts[pour] == MARCH_8_AT_8 && finishes[pour] == MARCH_9_AT_17);
  CHECK(floats[dig] == 0 && floats[office] == 6 * 8 * HOUR);
  CHECK(critical[dig] == 1 && critical[office] == 0);
  REFUSED(rapport_schedule_values(schedule, RAPPORT_EARLY_START, starts, 3, &error), RAPPORT_INVALID_INPUT,
          "room for 3 values; the schedule has 4", "");
  REFUSED(rapport_schedule_values(schedule, 99, starts, 4, &error), RAPPORT_INVALID_INPUT, "no field 99", "");
  REFUSED(rapport_schedule_values(schedule, -1, starts, 4, &error), RAPPORT_INVALID_INPUT, "no field -1", "");
  rapport_schedule_free(schedule);
  rapport_network_free(network);
  rapport_project_free(project);
}

static void outlives_what_it_was_made_of(void) {
  rapport_project* project = pier_project();
  rapport_network* network = compiled(project);
  rapport_schedule* schedule = NULL;
  table activities, links, paths, floats, redundant;
  char* why = NULL;
  MUST(rapport_network_schedule(network, NULL, &schedule, &error));
  rapport_project_free(project);
  rapport_network_free(network);
  MUST(rapport_schedule_why(schedule, "POUR", &why, &error));
  CHECK_HOLDS(why, "\"predecessor\": \"DIG\"");
  CHECK_HOLDS(why, "\"type\": \"FS\"");
  CHECK_HOLDS(why, "2027-03-08T08:00");
  rapport_string_free(why);
  MUST(rapport_schedule_why_late(schedule, "OFFICE", &why, &error));
  CHECK_HOLDS(why, "\"steps\": [");
  rapport_string_free(why);
  REFUSED(rapport_schedule_why(schedule, "PURE", &why, &error), RAPPORT_NOT_FOUND, "POUR", "nearest");
  MUST(rapport_schedule_table(schedule, RAPPORT_SCHEDULE_ACTIVITIES, &activities.stream, &error));
  MUST(rapport_schedule_table(schedule, RAPPORT_SCHEDULE_LINKS, &links.stream, &error));
  REFUSED(rapport_schedule_table(schedule, 4, &links.stream, &error), RAPPORT_INVALID_INPUT, "no table 4",
          "");
  MUST(rapport_schedule_table(schedule, RAPPORT_SCHEDULE_FLOATS, &floats.stream, &error));
  MUST(rapport_schedule_table(schedule, RAPPORT_SCHEDULE_REDUNDANT_LINKS, &redundant.stream, &error));
  MUST(rapport_schedule_float_paths(schedule, "POUR", 5, RAPPORT_BY_FREE_FLOAT, &paths.stream, &error));
  REFUSED(rapport_schedule_float_paths(schedule, NULL, 5, 2, &links.stream, &error), RAPPORT_INVALID_INPUT,
          "by 2", "");
  rapport_schedule_free(schedule);
  open_table(&paths);
  CHECK_TEXT(text_at(&paths, "key", paths.batch.length - 1), "POUR");
  CHECK(whole_at(&paths, "path", 0) == 1);
  close_table(&paths);
  open_table(&activities);
  CHECK(activities.batch.length == 4);
  CHECK(whole_at(&activities, "early_finish", row_of(&activities, "key", "POUR")) == MARCH_9_AT_17);
  CHECK_TEXT(text_at(&activities, "name", row_of(&activities, "key", "OFFICE")), "B\xc3\xbcro");
  close_table(&activities);
  open_table(&links);
  CHECK(links.batch.length == 3);
  CHECK_TEXT(text_at(&links, "successor", row_of(&links, "predecessor", "DIG")), "POUR");
  close_table(&links);
  open_table(&floats);
  CHECK(whole_at(&floats, "total_float_minutes", row_of(&floats, "key", "OFFICE")) == 6 * 8 * 60);
  CHECK(whole_at(&floats, "independent_float_minutes", row_of(&floats, "key", "OFFICE")) == 6 * 8 * 60);
  CHECK(whole_at(&floats, "safety_float_minutes", row_of(&floats, "key", "POUR")) == 0);
  close_table(&floats);
  open_table(&redundant);
  CHECK(redundant.batch.length == 0);
  close_table(&redundant);
}

static void obeys_the_rules_it_is_given(void) {
  rapport_project* project = pier_project();
  rapport_network* network = compiled(project);
  rapport_schedule* schedule = NULL;
  rapport_schedule_options options = RAPPORT_SCHEDULE_OPTIONS_INIT;
  int64_t finish = 0;
  options.rules = RAPPORT_RULES_MICROSOFT;
  MUST(rapport_network_schedule(network, &options, &schedule, &error));
  MUST(rapport_schedule_finish(schedule, &finish, &error));
  CHECK(finish == MARCH_9_AT_17);
  rapport_schedule_free(schedule);
  schedule = NULL;
  options.rules = 17;
  REFUSED(rapport_network_schedule(network, &options, &schedule, &error), RAPPORT_INVALID_INPUT,
          "no rules 17", "");
  CHECK(schedule == NULL);
  rapport_network_free(network);
  rapport_project_free(project);
}

/* A program built with a header that knew fewer options, one that knows more, and one that forgot. */
static void understands_options_of_other_ages(void) {
  struct {
    rapport_schedule_options known;
    int64_t later;
  } newer = {RAPPORT_SCHEDULE_OPTIONS_INIT, 0};
  rapport_project* project = pier_project();
  rapport_network* network = compiled(project);
  rapport_schedule* schedule = NULL;
  rapport_schedule_options older = RAPPORT_SCHEDULE_OPTIONS_INIT;
  older.struct_size = offsetof(rapport_schedule_options, rules);
  older.rules = 17;
  MUST(rapport_network_schedule(network, &older, &schedule, &error));
  rapport_schedule_free(schedule);
  schedule = NULL;

  newer.known.struct_size = sizeof newer;
  MUST(rapport_network_schedule(network, &newer.known, &schedule, &error));
  rapport_schedule_free(schedule);
  schedule = NULL;
  newer.later = 1;
  REFUSED(rapport_network_schedule(network, &newer.known, &schedule, &error), RAPPORT_INVALID_INPUT,
          "does not know; update the library", "");

  older.struct_size = 0;
  REFUSED(rapport_network_schedule(network, &older, &schedule, &error), RAPPORT_INVALID_INPUT,
          "no struct_size", "");
  CHECK(schedule == NULL);
  rapport_network_free(network);
  rapport_project_free(project);
}

static int32_t stop(void* context, double fraction, const char* stage) {
  (void)fraction;
  (void)stage;
  ++*(int*)context;
  return 1;
}

static void stops_when_asked(void) {
  rapport_project* project = pier_project();
  rapport_network *network = NULL, *whole = compiled(project);
  rapport_schedule* schedule = NULL;
  rapport_run_options run = RAPPORT_RUN_OPTIONS_INIT;
  rapport_schedule_options options = RAPPORT_SCHEDULE_OPTIONS_INIT;
  int calls = 0;
  run.progress = options.progress = stop;
  run.progress_context = options.progress_context = &calls;
  REFUSED(rapport_project_compile(project, &run, &network, &error), RAPPORT_CANCELLED, "cancelled",
          "\"fraction_done\"");
  REFUSED(rapport_network_schedule(whole, &options, &schedule, &error), RAPPORT_CANCELLED, "cancelled",
          "\"fraction_done\"");
  CHECK(calls == 2);
  CHECK(network == NULL && schedule == NULL);
  rapport_network_free(whole);
  rapport_project_free(project);
}

static void compares_with_recorded_dates(void) {
  rapport_project* project = pier_project();
  rapport_schedule* schedule = NULL;
  table scores, misses;
  MUST(rapport_project_apply(
      project,
      "{\"put\": {\"recorded_dates\": [{\"key\": \"POUR\", \"early_start\": \"2027-03-08T08:00\","
      " \"early_finish\": \"2027-03-10T17:00\"}]}}",
      NULL, 0, NULL, &error));
  schedule = scheduled(project);
  MUST(rapport_schedule_check(schedule, project, 20, &scores.stream, &misses.stream, &error));
  open_table(&scores);
  CHECK(whole_at(&scores, "hits", row_of(&scores, "field", "early_start")) == 1);
  CHECK(whole_at(&scores, "compared", row_of(&scores, "field", "early_finish")) == 1);
  CHECK(whole_at(&scores, "hits", row_of(&scores, "field", "early_finish")) == 0);
  close_table(&scores);
  open_table(&misses);
  CHECK(misses.batch.length == 1);
  CHECK_TEXT(text_at(&misses, "key", 0), "POUR");
  close_table(&misses);
  MUST(rapport_schedule_check(schedule, project, 20, &scores.stream, NULL, &error));
  scores.stream.release(&scores.stream);
  rapport_schedule_free(schedule);
  rapport_project_free(project);
}

int main(void) {
  numbers_activities_with_predecessors_first();
  tells_the_way_round_a_loop();
  schedules_as_counted_by_hand();
  outlives_what_it_was_made_of();
  obeys_the_rules_it_is_given();
  understands_options_of_other_ages();
  stops_when_asked();
  compares_with_recorded_dates();
  return failures != 0;
}
