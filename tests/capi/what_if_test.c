#include "check.h"

/* A day more on the way to the end is a day later; undone, nothing differs. */
static void tries_a_duration_and_takes_it_back(void) {
  rapport_project* project = pier_project();
  rapport_schedule* before = scheduled(project);
  rapport_schedule* after = NULL;
  rapport_what_if* tried = NULL;
  int64_t finish = 0, later = 0;
  int32_t undone = -1;
  table t;
  MUST(rapport_schedule_what_if(before, &tried, &error));
  rapport_schedule_free(before);
  MUST(rapport_what_if_finish(tried, &finish, &error));
  CHECK(finish == MARCH_9_AT_17);
  MUST(rapport_what_if_set_duration(tried, "POUR", 10 * 8 * 3600, 10 * 8 * 3600, &error));
  MUST(rapport_what_if_schedule(tried, &after, &error));
  MUST(rapport_schedule_finish(after, &later, &error));
  CHECK(later > finish);
  MUST(rapport_what_if_moved(tried, &t.stream, &error));
  open_table(&t);
  CHECK(t.batch.length >= 1);
  CHECK(column_of(&t, "finish_before") >= 0 && column_of(&t, "total_float_after_minutes") >= 0);
  close_table(&t);
  MUST(rapport_what_if_undo(tried, &undone, &error));
  CHECK(undone == 1);
  MUST(rapport_what_if_finish(tried, &finish, &error));
  CHECK(finish == MARCH_9_AT_17);
  MUST(rapport_schedule_finish(after, &finish, &error)); /* What was given out stays. */
  CHECK(finish == later);
  MUST(rapport_what_if_undo(tried, &undone, &error));
  CHECK(undone == 0);
  MUST(rapport_what_if_moved(tried, &t.stream, &error));
  open_table(&t);
  CHECK(t.batch.length == 0);
  close_table(&t);
  rapport_schedule_free(after);
  rapport_what_if_free(tried);
  rapport_project_free(project);
}

/* A step that fails is not taken. */
static void refuses_a_loop_with_its_path(void) {
  rapport_project* project = pier_project();
  rapport_schedule* before = scheduled(project);
  rapport_what_if* tried = NULL;
  int64_t finish = 0;
  MUST(rapport_schedule_what_if(before, &tried, &error));
  REFUSED(rapport_what_if_add_link(tried, "POUR", "DIG", "FS", 0, &error), RAPPORT_CYCLE, "waits for itself",
          "\"keys\": [\n");
  REFUSED(rapport_what_if_add_link(tried, "DIG", "POUR", "XX", 0, &error), RAPPORT_INVALID_INPUT,
          "none of FS", "");
  REFUSED(rapport_what_if_set_duration(tried, "DGI", 1, 1, &error), RAPPORT_NOT_FOUND, "did you mean DIG",
          "\"kind\": \"activity\"");
  MUST(rapport_what_if_finish(tried, &finish, &error));
  CHECK(finish == MARCH_9_AT_17);
  MUST(rapport_what_if_set_constraint(tried, "DIG", "start_no_earlier_than", &finish, &error));
  MUST(rapport_what_if_finish(tried, &finish, &error));
  CHECK(finish > MARCH_9_AT_17);
  rapport_what_if_free(tried);
  rapport_what_if_free(NULL);
  rapport_schedule_free(before);
  rapport_project_free(project);
}

/* Nothing but links holds this plan, so the bare dates are those of the schedule. */
static void counts_without_rules(void) {
  rapport_project* project = pier_project();
  rapport_network* network = compiled(project);
  table t;
  MUST(rapport_network_bare_dates(network, 60, &t.stream, &error));
  open_table(&t);
  CHECK(t.batch.length == 4);
  CHECK(column_of(&t, "late_finish") >= 0 && column_of(&t, "free_float_minutes") >= 0);
  close_table(&t);
  REFUSED(rapport_network_bare_dates(network, 0, &t.stream, &error), RAPPORT_INVALID_INPUT, "days", "");
  rapport_network_free(network);
  rapport_project_free(project);
}

/*
 * DIG now waits for OFFICE, a day: it starts on Tuesday the 2nd, everything behind it a day later. In the
 * network OFFICE must now come before DIG, wherever it was; what the values mean is told by the schedule's
 * own network.
 */
static void tells_whose_order_the_values_have(rapport_schedule* after) {
  static const char* const keys[] = {"DIG", "POUR", "OFFICE", "DONE"};
  static const int64_t starts[] = {MARCH_1_AT_8 + DAY, MARCH_8_AT_8 + DAY, MARCH_1_AT_8, MARCH_9_AT_17 + DAY};
  rapport_network* network = NULL;
  uint32_t office = 0, dig = 0, count = 0;
  int64_t values[4] = {0};
  MUST(rapport_schedule_network(after, &network, &error));
  MUST(rapport_schedule_values(after, RAPPORT_EARLY_START, values, 4, &error));
  rapport_schedule_free(after);
  MUST(rapport_network_activity_count(network, &count, &error));
  CHECK(count == 4);
  for (size_t k = 0; k < 4; ++k) {
    uint32_t at = 0;
    MUST(rapport_network_find(network, keys[k], &at, &error));
    CHECK(values[at] == starts[k]);
  }
  MUST(rapport_network_find(network, "OFFICE", &office, &error));
  MUST(rapport_network_find(network, "DIG", &dig, &error));
  CHECK(office < dig);
  rapport_network_free(network);
}

static void gives_the_network_of_a_schedule(void) {
  rapport_project* project = pier_project();
  rapport_schedule *before = scheduled(project), *after = NULL;
  rapport_what_if* tried = NULL;
  rapport_impact* impact = NULL;
  MUST(rapport_schedule_what_if(before, &tried, &error));
  MUST(rapport_what_if_add_link(tried, "OFFICE", "DIG", "FS", 0, &error));
  MUST(rapport_what_if_schedule(tried, &after, &error));
  tells_whose_order_the_values_have(after);
  MUST(rapport_project_assess(
      project, before,
      "{\"id\": \"CR\", \"title\": \"t\", \"edits\": [{\"add_link\": {\"predecessor\": "
      "\"OFFICE\", \"successor\": \"DIG\"}}]}",
      NULL, &impact, &error));
  MUST(rapport_impact_schedule(impact, &after, &error));
  tells_whose_order_the_values_have(after);
  rapport_impact_free(impact);
  rapport_what_if_free(tried);
  rapport_schedule_free(before);
  rapport_project_free(project);
}

/* As facts are checked: a kind that needs a date has one, and one that needs none ignores it. */
static void refuses_a_constraint_without_its_date(void) {
  rapport_project* project = pier_project();
  rapport_schedule* before = scheduled(project);
  rapport_what_if* tried = NULL;
  const int64_t date = MARCH_9_AT_17 + 30 * DAY;
  int64_t finish = 0;
  int32_t undone = 0;
  MUST(rapport_schedule_what_if(before, &tried, &error));
  REFUSED(rapport_what_if_set_constraint(tried, "POUR", "mandatory_start", NULL, &error),
          RAPPORT_INVALID_INPUT, "activity POUR: the constraint mandatory_start has no date", "");
  REFUSED(rapport_what_if_set_constraint(tried, "POUR", "finish_no_later_than", NULL, &error),
          RAPPORT_INVALID_INPUT, "has no date", "");
  MUST(rapport_what_if_undo(tried, &undone, &error));
  CHECK(undone == 0);
  MUST(rapport_what_if_set_constraint(tried, "POUR", "none", &date, &error));
  MUST(rapport_what_if_finish(tried, &finish, &error));
  CHECK(finish == MARCH_9_AT_17);
  rapport_what_if_free(tried);
  rapport_schedule_free(before);
  rapport_project_free(project);
}

int main(void) {
  counts_without_rules();
  gives_the_network_of_a_schedule();
  refuses_a_constraint_without_its_date();
  tries_a_duration_and_takes_it_back();
  refuses_a_loop_with_its_path();
  return failures != 0;
}
