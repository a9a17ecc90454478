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

#define DEEPER "{\"id\": \"CR-1\", \"edits\": [{\"requirement\": \"REQ-1\", \"magnitude\": 0.5}]}"
#define OTHER "{\"id\": \"CR-2\", \"edits\": [{\"activity\": \"OFFICE\", \"add_work\": \"8h\"}]}"

/* Half of REQ-1 redoes 0.4 of DIG's forty hours by half: a day and 800 EUR. By default it is twenty hours. */
static void assesses_many_under_given_assumptions(void) {
  rapport_project* project = pier_project();
  rapport_schedule* before = scheduled(project);
  rapport_batch_options ours = RAPPORT_BATCH_OPTIONS_INIT, wrong = RAPPORT_BATCH_OPTIONS_INIT;
  rapport_subset_goal goal = RAPPORT_SUBSET_GOAL_INIT;
  struct ArrowArrayStream out, rows;
  char* summary = NULL;
  table t;
  ours.assumptions = "{\"traces\": {\"implements\": {\"share\": 0.4}}}";
  wrong.assumptions = "{\"dept\": 3}";
  goal.budget = "1000.00 EUR";
  MUST(rapport_project_best_subset(project, before, DEEPER, &goal, &ours, &t.stream, &summary, &error));
  CHECK_HOLDS(summary, "800.00 EUR");
  rapport_string_free(summary);
  open_table(&t);
  CHECK(column_of(&t, "assumed") >= 0);
  close_table(&t);
  MUST(rapport_project_best_subset(project, before, DEEPER, &goal, NULL, &t.stream, &summary, &error));
  CHECK_HOLDS(summary, "\"value\": 0.0");
  rapport_string_free(summary);
  open_table(&t);
  close_table(&t);
  MUST(rapport_project_assess_all(project, before, DEEPER, &ours, &t.stream, &error));
  open_table(&t);
  CHECK_TEXT(text_at(&t, "change", 0), "CR-1");
  close_table(&t);
  summary = NULL;
  REFUSED(rapport_project_best_subset(project, before, DEEPER, &goal, &wrong, &out, &summary, &error),
          RAPPORT_INVALID_INPUT, "nearest: depth", "");
  REFUSED(rapport_project_options(project, before, DEEPER, &wrong, &out, &error), RAPPORT_INVALID_INPUT,
          "nearest: depth", "");
  REFUSED(rapport_project_interactions(project, before, DEEPER "\n" OTHER, &wrong, &out, &error),
          RAPPORT_INVALID_INPUT, "nearest: depth", "");
  REFUSED(rapport_project_assess_all(project, before, DEEPER, &wrong, &out, &error), RAPPORT_INVALID_INPUT,
          "nearest: depth", "");
  /* An argument goes before the options. */
  MUST(
      rapport_project_assess_all_under(project, before, DEEPER, "{\"depth\": 3}", &wrong, &t.stream, &error));
  open_table(&t);
  close_table(&t);
  MUST(rapport_schedule_table(before, RAPPORT_SCHEDULE_ACTIVITIES, &rows, &error));
  CHECK(rapport_project_assess_table(project, before, &rows, &wrong, &out, NULL) == RAPPORT_INVALID_INPUT);
  CHECK(rows.release == NULL);
  rapport_schedule_free(before);
  rapport_project_free(project);
}

/* Nine tenths of it, and nothing else beside accepting. */
static void makes_options_as_the_rules_say(void) {
  const double scopes[] = {0.9};
  rapport_project* project = pier_project();
  rapport_schedule* before = scheduled(project);
  rapport_option_rules rules = RAPPORT_OPTION_RULES_INIT;
  struct ArrowArrayStream out;
  table t;
  rules.scopes = scopes;
  rules.scope_count = 1;
  rules.crash_steps = rules.milestones = rules.drops = 0;
  MUST(rapport_project_options_under(project, before, DIG_LONGER("CR-1", "8h"), &rules, NULL, &t.stream,
                                     &error));
  open_table(&t);
  CHECK(t.batch.length == 2);
  CHECK_TEXT(text_at(&t, "what", 0), "accept");
  CHECK_TEXT(text_at(&t, "what", 1), "do 90 % of it");
  close_table(&t);
  rules.scope_count = 0;
  MUST(rapport_project_options_under(project, before, DIG_LONGER("CR-1", "8h"), &rules, NULL, &t.stream,
                                     &error));
  open_table(&t);
  CHECK(t.batch.length == 1);
  close_table(&t);
  rules.crash_share = 1.5;
  REFUSED(
      rapport_project_options_under(project, before, DIG_LONGER("CR-1", "8h"), &rules, NULL, &out, &error),
      RAPPORT_INVALID_INPUT, "from 0 to 1", "");
  rules.crash_share = 0.25;
  rules.reserved = 1;
  REFUSED(
      rapport_project_options_under(project, before, DIG_LONGER("CR-1", "8h"), &rules, NULL, &out, &error),
      RAPPORT_INVALID_INPUT, "reserved", "");
  rapport_schedule_free(before);
  rapport_project_free(project);
}

int main(void) {
  assesses_many_under_given_assumptions();
  makes_options_as_the_rules_say();
  lists_each_change_with_its_figures();
  takes_a_table();
  chooses_what_fits_the_budget();
  finds_interactions_and_options();
  return failures != 0;
}
