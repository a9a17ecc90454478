/* Errors, and what every function does with arguments that are not there. */
#include "check.h"

static void knows_the_names_of_statuses(void) {
  CHECK_TEXT(rapport_status_name(RAPPORT_OK), "ok");
  CHECK_TEXT(rapport_status_name(RAPPORT_CYCLE), "cycle");
  CHECK_TEXT(rapport_status_name(RAPPORT_INTERNAL), "internal");
  CHECK_TEXT(rapport_status_name(-7), "unknown");
}

/* The numbers are for ever. */
static void keeps_its_numbers(void) {
  CHECK(RAPPORT_OK == 0 && RAPPORT_INVALID_INPUT == 1 && RAPPORT_NOT_FOUND == 2 && RAPPORT_CYCLE == 3);
  CHECK(RAPPORT_PARSE == 4 && RAPPORT_STORE == 5 && RAPPORT_CANCELLED == 6 && RAPPORT_OUT_OF_MEMORY == 7);
  CHECK(RAPPORT_INTERNAL == 8);
  CHECK(sizeof(rapport_status) == 4);
}

static void says_nothing_of_no_error(void) {
  CHECK(rapport_error_status(NULL) == RAPPORT_OK);
  CHECK_TEXT(rapport_error_message(NULL), "");
  CHECK_TEXT(rapport_error_details(NULL), "{}");
}

static void frees_nothing(void) {
  rapport_error_free(NULL);
  rapport_string_free(NULL);
  rapport_project_free(NULL);
  rapport_network_free(NULL);
  rapport_schedule_free(NULL);
  rapport_impact_free(NULL);
  rapport_notices_free(NULL);
  rapport_risks_free(NULL);
}

#define MISSING(call, argument) \
  REFUSED(call, RAPPORT_INVALID_INPUT, "argument " argument " is NULL", "\"status\": \"invalid_input\"")

static void names_the_argument_that_is_missing(void) {
  rapport_project* project = pier_project();
  rapport_network* network = compiled(project);
  rapport_schedule* schedule = scheduled(project);
  rapport_project* no_project = NULL;
  rapport_network* no_network = NULL;
  rapport_schedule* no_schedule = NULL;
  rapport_impact* no_impact = NULL;
  rapport_notices* no_notices = NULL;
  rapport_risks* no_risks = NULL;
  struct ArrowArrayStream stream;
  char* text = NULL;
  const char* borrowed = NULL;
  uint32_t count = 0;
  int64_t value = 0;
  rapport_money money;
  const char* const path = NULL;

  MISSING(rapport_project_read(NULL, 1, NULL, &no_project, NULL, &error), "paths");
  MISSING(rapport_project_read(&path, 1, NULL, &no_project, NULL, &error), "paths");
  MISSING(rapport_project_read(&path, 1, NULL, NULL, NULL, &error), "out");
  REFUSED(rapport_project_read(&path, 0, NULL, &no_project, NULL, &error), RAPPORT_INVALID_INPUT,
          "no path is given", "");
  MISSING(rapport_project_from_json(NULL, &no_project, NULL, &error), "json");
  MISSING(rapport_project_from_json("{}", NULL, NULL, &error), "out");
  MISSING(rapport_project_to_json(NULL, &text, &error), "project");
  MISSING(rapport_project_to_json(project, NULL, &error), "out");
  MISSING(rapport_project_fact(NULL, "activity:DIG", &text, &error), "project");
  MISSING(rapport_project_fact(project, NULL, &text, &error), "node");
  MISSING(rapport_project_fact(project, "activity:DIG", NULL, &error), "out");
  MISSING(rapport_project_apply(NULL, "{}", NULL, 0, NULL, &error), "project");
  MISSING(rapport_project_apply(project, NULL, NULL, 0, NULL, &error), "edit");
  MISSING(rapport_project_undo(NULL, NULL, 0, NULL, &error), "project");
  MISSING(rapport_project_journal(NULL, &stream, &error), "project");
  MISSING(rapport_project_journal(project, NULL, &error), "out");
  MISSING(rapport_store_create(NULL, project, &error), "path");
  MISSING(rapport_store_create("x", NULL, &error), "project");
  MISSING(rapport_store_load(NULL, &no_project, &error), "path");
  MISSING(rapport_store_load("x", NULL, &error), "out");
  MISSING(rapport_store_append(NULL, project, &error), "path");
  MISSING(rapport_project_compile(NULL, NULL, &no_network, &error), "project");
  MISSING(rapport_project_compile(project, NULL, NULL, &error), "out");
  MISSING(rapport_network_activity_count(NULL, &count, &error), "network");
  MISSING(rapport_network_activity_count(network, NULL, &error), "out");
  MISSING(rapport_network_link_count(NULL, &count, &error), "network");
  MISSING(rapport_network_link_count(network, NULL, &error), "out");
  MISSING(rapport_network_find(NULL, "DIG", &count, &error), "network");
  MISSING(rapport_network_find(network, NULL, &count, &error), "key");
  MISSING(rapport_network_find(network, "DIG", NULL, &error), "out");
  MISSING(rapport_network_key(NULL, 0, &borrowed, &error), "network");
  MISSING(rapport_network_key(network, 0, NULL, &error), "out");
  MISSING(rapport_network_schedule(NULL, NULL, &no_schedule, &error), "network");
  MISSING(rapport_network_schedule(network, NULL, NULL, &error), "out");
  MISSING(rapport_schedule_network(NULL, &no_network, &error), "schedule");
  MISSING(rapport_schedule_network(schedule, NULL, &error), "out");
  MISSING(rapport_schedule_start(NULL, &value, &error), "schedule");
  MISSING(rapport_schedule_finish(schedule, NULL, &error), "out");
  MISSING(rapport_schedule_values(NULL, RAPPORT_EARLY_START, &value, 1, &error), "schedule");
  MISSING(rapport_schedule_values(schedule, RAPPORT_EARLY_START, NULL, 4, &error), "values");
  MISSING(rapport_schedule_table(NULL, RAPPORT_SCHEDULE_LINKS, &stream, &error), "schedule");
  MISSING(rapport_schedule_table(schedule, RAPPORT_SCHEDULE_LINKS, NULL, &error), "out");
  MISSING(rapport_schedule_why(NULL, "DIG", &text, &error), "schedule");
  MISSING(rapport_schedule_why(schedule, NULL, &text, &error), "key");
  MISSING(rapport_schedule_why(schedule, "DIG", NULL, &error), "out");
  MISSING(rapport_schedule_why_late(schedule, "DIG", NULL, &error), "out");
  MISSING(rapport_schedule_check(NULL, project, 1, &stream, NULL, &error), "schedule");
  MISSING(rapport_schedule_check(schedule, NULL, 1, &stream, NULL, &error), "project");
  MISSING(rapport_schedule_check(schedule, project, 1, NULL, NULL, &error), "scores");
  MISSING(rapport_project_assess(NULL, schedule, "{}", NULL, &no_impact, &error), "project");
  MISSING(rapport_project_assess(project, schedule, NULL, NULL, &no_impact, &error), "change");
  MISSING(rapport_project_assess(project, schedule, "{}", NULL, NULL, &error), "out");
  MISSING(rapport_impact_finish_delta(NULL, &value, &error), "impact");
  MISSING(rapport_impact_cost_delta(NULL, &money, &error), "impact");
  MISSING(rapport_impact_table(NULL, RAPPORT_IMPACT_COSTS, &stream, &error), "impact");
  MISSING(rapport_impact_trail(NULL, "finish", &text, &error), "impact");
  MISSING(rapport_impact_to_json(NULL, &text, &error), "impact");
  MISSING(rapport_impact_schedule(NULL, &no_schedule, &error), "impact");
  MISSING(rapport_project_notify(project, NULL, NULL, &no_notices, &error), "impact");
  MISSING(rapport_notices_table(NULL, &stream, &error), "notices");
  MISSING(rapport_notices_to_json(NULL, &text, &error), "notices");
  MISSING(rapport_project_report(project, NULL, NULL, &text, &error), "impact");
  MISSING(rapport_project_risks(NULL, &no_risks, &error), "project");
  MISSING(rapport_risks_table(NULL, RAPPORT_RISKS_MATRIX, &stream, &error), "risks");
  MISSING(rapport_risks_moved(NULL, NULL, &stream, &error), "risks");
  MISSING(rapport_risks_report(NULL, NULL, &text, &error), "risks");

  CHECK(!no_project && !no_network && !no_schedule && !no_impact && !no_notices && !no_risks);
  CHECK(!text && !borrowed && count == 0 && value == 0);
  rapport_project_free(project);
  rapport_network_free(network);
  rapport_schedule_free(schedule);
}

/* Text is UTF-8, whatever a file or a path holds: \xe9 is e with an acute accent in Windows-1252. */
static void tells_in_utf8(void) {
  const char* const path = "no/such/caf\xe9.xer";
  rapport_project* project = NULL;
  REFUSED(rapport_project_read(&path, 1, NULL, &project, NULL, &error), RAPPORT_INVALID_INPUT,
          "caf\xef\xbf\xbd.xer", "caf\xef\xbf\xbd.xer");
  REFUSED(rapport_project_from_json("{\"name\": \"caf\xe9 plan\"}", &project, NULL, &error), RAPPORT_PARSE,
          "line 1:14: this is not UTF-8; save it as UTF-8", "");
}

/*
 * A field that is appended must make the struct longer, or its size cannot tell an old one from a new one:
 * no options end in padding.
 */
#define ENDS_WITH(type, member) CHECK(offsetof(type, member) + sizeof(((type*)NULL)->member) == sizeof(type))

static void grows_with_every_field(void) {
  ENDS_WITH(rapport_run_options, progress_context);
  ENDS_WITH(rapport_read_options, code_page);
  ENDS_WITH(rapport_schedule_options, reserved);
  ENDS_WITH(rapport_volatility_options, baseline);
  ENDS_WITH(rapport_batch_options, assumptions);
  ENDS_WITH(rapport_subset_goal, evaluations);
  ENDS_WITH(rapport_option_rules, reserved);
  ENDS_WITH(rapport_change_graph_options, cutoff);
  ENDS_WITH(rapport_prediction_options, reserved);
  ENDS_WITH(rapport_compare_options, reserved);
  ENDS_WITH(rapport_notice_options, today);
  ENDS_WITH(rapport_report_options, today);
}

static void refuses_what_is_reserved(void) {
  rapport_project* project = pier_project();
  rapport_network* network = compiled(project);
  rapport_schedule* schedule = NULL;
  rapport_schedule_options options = RAPPORT_SCHEDULE_OPTIONS_INIT;
  rapport_prediction_options predicting = RAPPORT_PREDICTION_OPTIONS_INIT;
  struct ArrowArrayStream stream;
  options.reserved = 1;
  REFUSED(rapport_network_schedule(network, &options, &schedule, &error), RAPPORT_INVALID_INPUT,
          "options.reserved is 1", "");
  predicting.reserved = -1;
  REFUSED(rapport_predict_change(NULL, 0, NULL, NULL, &predicting, &stream, &error), RAPPORT_INVALID_INPUT,
          "options.reserved is -1", "");
  rapport_network_free(network);
  rapport_project_free(project);
}

static void fails_quietly_when_nobody_wants_the_error(void) {
  rapport_project* project = NULL;
  CHECK(rapport_project_from_json("nonsense", &project, NULL, NULL) == RAPPORT_PARSE);
  CHECK(project == NULL);
}

int main(void) {
  CHECK_HOLDS(rapport_version(), ".");
  knows_the_names_of_statuses();
  keeps_its_numbers();
  says_nothing_of_no_error();
  frees_nothing();
  names_the_argument_that_is_missing();
  tells_in_utf8();
  grows_with_every_field();
  refuses_what_is_reserved();
  fails_quietly_when_nobody_wants_the_error();
  return failures != 0;
}
