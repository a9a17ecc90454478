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

int main(void) {
  counts_without_rules();
  tries_a_duration_and_takes_it_back();
  refuses_a_loop_with_its_path();
  return failures != 0;
}
