#include "check.h"

#define DIG_LONGER(id, hours)                                                                            \
  "{\"id\": \"" id "\", \"title\": \"Rock\", \"edits\": [{\"activity\": \"DIG\", \"add_work\": \"" hours \
  "\"}]}"

/* A day more is a day later and 800 EUR; what is at fault is listed with its line. */
static void lists_each_change_with_its_figures(void) {
  rapport_project* project = pier_project();
  rapport_schedule* before = scheduled(project);
  rapport_batch_options options = RAPPORT_BATCH_OPTIONS_INIT;
  table t;
  options.threads = 2;
  MUST(rapport_project_assess_all(project, before,
                                  DIG_LONGER("CR-1", "8h") "\nnonsense\n" DIG_LONGER("CR-3", "16h"), &options,
                                  &t.stream, &error));
  open_table(&t);
  CHECK(t.batch.length == 3);
  CHECK_TEXT(text_at(&t, "change", 0), "CR-1");
  CHECK_TEXT(text_at(&t, "change", 2), "CR-3");
  CHECK(whole_at(&t, "line", 1) == 2);
  CHECK_HOLDS(text_at(&t, "error", 1), "changes:2");
  close_table(&t);
  rapport_schedule_free(before);
  rapport_project_free(project);
}

/* What one call gives as a table, the next one takes: a table without changes is refused and consumed. */
static void takes_a_table(void) {
  rapport_project* project = pier_project();
  rapport_schedule* before = scheduled(project);
  struct ArrowArrayStream rows, out;
  rapport_error* fault = NULL;
  MUST(rapport_schedule_table(before, RAPPORT_SCHEDULE_ACTIVITIES, &rows, &error));
  CHECK(rapport_project_assess_table(project, before, &rows, NULL, &out, &fault) == RAPPORT_INVALID_INPUT);
  CHECK_HOLDS(rapport_error_message(fault), "document");
  CHECK(rows.release == NULL);
  rapport_error_free(fault);
  rapport_schedule_free(before);
  rapport_project_free(project);
}

/* Under 1000 EUR one more day of 800 EUR is taken, not the two of 1600 EUR. */
static void chooses_what_fits_the_budget(void) {
  rapport_project* project = pier_project();
  rapport_schedule* before = scheduled(project);
  rapport_subset_goal goal = RAPPORT_SUBSET_GOAL_INIT;
  char* summary = NULL;
  table t;
  goal.budget = "1000.00 EUR";
  MUST(rapport_project_best_subset(project, before,
                                   "[" DIG_LONGER("CR-1", "8h") "," DIG_LONGER("CR-2", "16h") "]", &goal,
                                   NULL, &t.stream, &summary, &error));
  CHECK_HOLDS(summary, "\"exact\": true");
  CHECK_HOLDS(summary, "800.00 EUR");
  rapport_string_free(summary);
  open_table(&t);
  CHECK(t.batch.length == 2);
  close_table(&t);
  rapport_schedule_free(before);
  rapport_project_free(project);
}

/* Both lengthen the same work: together as much as apart, so nothing interacts. */
static void finds_interactions_and_options(void) {
  rapport_project* project = pier_project();
  rapport_schedule* before = scheduled(project);
  table t;
  MUST(rapport_project_interactions(project, before, DIG_LONGER("CR-1", "8h") "\n" DIG_LONGER("CR-2", "8h"),
                                    NULL, &t.stream, &error));
  open_table(&t);
  CHECK(column_of(&t, "finish_minutes") >= 0);
  close_table(&t);
  MUST(rapport_project_options(project, before, DIG_LONGER("CR-1", "8h"), NULL, &t.stream, &error));
  open_table(&t);
  CHECK_TEXT(text_at(&t, "kind", 0), "accept");
  close_table(&t);
  rapport_schedule_free(before);
  rapport_project_free(project);
}

int main(void) {
  lists_each_change_with_its_figures();
  takes_a_table();
  chooses_what_fits_the_budget();
  finds_interactions_and_options();
  return failures != 0;
}
