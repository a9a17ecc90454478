/* What a plan costs, when, for whom; earned value. */
#include "check.h"

static void prices_a_plan(void) {
  rapport_project* project = pier_project();
  rapport_schedule* schedule = scheduled(project);
  rapport_money total;
  table lines, rows, curve;
  MUST(rapport_schedule_cost(schedule, project, NULL, &total, NULL, &error));
  /* The crew digs 40h at 100 EUR/h. */
  CHECK(total.minor == 400000);
  CHECK_TEXT(total.currency, "EUR");
  /* 16h by others, 8h of which are overtime, and a permit. */
  MUST(rapport_project_apply(
      project,
      "{\"put\": {\"resources\": [{\"key\": \"GANG\", \"rates\": [{\"standard\": \"50.00 EUR/h\", "
      "\"overtime\": \"75.00 EUR/h\"}]}], \"cost_accounts\": [{\"key\": \"C1\"}], \"assignments\": "
      "[{\"activity\": \"POUR\", \"resource\": \"GANG\", \"work\": \"16h\", \"overtime\": \"8h\", "
      "\"cost_account\": \"C1\"}], \"expenses\": [{\"activity\": \"DIG\", \"name\": \"permit\", "
      "\"amount\": \"99.50 EUR\"}]}}",
      NULL, 0, NULL, &error));
  MUST(rapport_schedule_cost(schedule, project, "current", &total, &lines.stream, &error));
  CHECK(total.minor == 400000 + 40000 + 60000 + 9950);
  CHECK_TEXT(total.currency, "EUR");
  open_table(&lines);
  CHECK(lines.batch.length == 4);
  CHECK_TEXT(text_at(&lines, "reason", row_of(&lines, "category", "overtime")),
             "8h of GANG overtime at 75.00 EUR/h");
  close_table(&lines);
  MUST(rapport_schedule_cost_by(schedule, project, NULL, "account", &rows.stream, &error));
  open_table(&rows);
  CHECK(rows.batch.length == 2);
  CHECK_TEXT(text_at(&rows, "key", 0), "C1");
  CHECK_TEXT(text_at(&rows, "key", 1), "");
  close_table(&rows);
  MUST(rapport_schedule_cost_curve(schedule, project, "baseline", "month", &curve.stream, &error));
  open_table(&curve);
  CHECK(curve.batch.length >= 1);
  close_table(&curve);
  MUST(rapport_schedule_earned_value(schedule, project, "{\"step\": \"day\"}", NULL, &rows.stream,
                                     &curve.stream, &error));
  open_table(&rows);
  open_table(&curve);
  CHECK(curve.batch.length >= 2);
  close_table(&rows);
  close_table(&curve);
  REFUSED(rapport_schedule_cost_by(schedule, project, NULL, "colour", &rows.stream, &error),
          RAPPORT_INVALID_INPUT, "stakeholder", "");
  REFUSED(rapport_schedule_earned_value(schedule, project, "{\"stepp\": \"day\"}", NULL, &rows.stream, NULL,
                                        &error),
          RAPPORT_NOT_FOUND, "step", "step");
  rapport_schedule_free(schedule);
  rapport_project_free(project);
}

static void gathers_what_a_change_costs(void) {
  rapport_project* project = pier_project();
  rapport_schedule* schedule = scheduled(project);
  rapport_impact* impact = NULL;
  table rows;
  MUST(rapport_project_assess(project, schedule,
                              "{\"id\": \"CR-1\", \"title\": \"Fees\", \"edits\": [{\"activity\": \"POUR\", "
                              "\"add_cost\": \"120.00 EUR\"}]}",
                              NULL, &impact, &error));
  MUST(rapport_impact_cost_by(impact, project, "activity", &rows.stream, &error));
  open_table(&rows);
  CHECK(rows.batch.length == 2); /* DIG as it was. */
  CHECK_TEXT(text_at(&rows, "reasons", row_of(&rows, "key", "POUR")), "entered by the change");
  CHECK(!flag_at(&rows, "assumed", row_of(&rows, "key", "POUR")));
  close_table(&rows);
  /* The plan before and the delta are the plan after, also over time. */
  rapport_money before, after, delta;
  MUST(rapport_schedule_cost(schedule, project, NULL, &before, NULL, &error));
  MUST(rapport_impact_cost(impact, project, &after, &rows.stream, &error));
  MUST(rapport_impact_cost_delta(impact, &delta, &error));
  CHECK(delta.minor == 12000);
  CHECK(before.minor + delta.minor == after.minor);
  open_table(&rows);
  CHECK_TEXT(text_at(&rows, "reason", rows.batch.length - 1), "entered by the change");
  close_table(&rows);
  MUST(rapport_impact_cost_curve(impact, project, "month", &rows.stream, &error));
  open_table(&rows);
  CHECK(rows.batch.length > 0);
  close_table(&rows);
  REFUSED(rapport_impact_cost_curve(impact, project, "year", &rows.stream, &error), RAPPORT_INVALID_INPUT,
          "week", "");
  rapport_impact_free(impact);
  rapport_schedule_free(schedule);
  rapport_project_free(project);
}

/*
 * DIG was to take 40h from Monday at 100 EUR. On Wednesday morning 16h are worked, and 30 % reported: due are
 * 1600, earned 1200, spent 1600. 1200 were due in the middle of the second day.
 */
static void sums_up_what_is_earned(void) {
  rapport_project* project = pier_project();
  rapport_schedule* schedule = NULL;
  char* text = NULL;
  MUST(rapport_project_apply(
      project,
      "{\"put\": {\"activities\": [{\"key\": \"DIG\", \"duration\": \"40h\", \"calendar\": \"SITE\", "
      "\"subproject\": \"PIER\", \"progress\": {\"actual_start\": \"2027-03-01T08:00\", \"remaining\": "
      "\"24h\", \"physical_percent\": 30}}], \"subprojects\": [{\"key\": \"PIER\", \"planned_start\": "
      "\"2027-03-01T08:00\", \"data_date\": \"2027-03-03T08:00\", \"calendar\": \"SITE\"}], "
      "\"recorded_dates\": [{\"key\": \"DIG\", \"baseline\": {\"start\": \"2027-03-01T08:00\", \"finish\": "
      "\"2027-03-05T17:00\"}}]}}",
      NULL, 0, NULL, &error));
  schedule = scheduled(project);
  MUST(rapport_schedule_earned_value_summary(schedule, project, "{\"step\": \"day\"}", &text, &error));
  CHECK_HOLDS(text, "\"status_date\": \"2027-03-03T08:00\"");
  CHECK_HOLDS(text, "\"planned\": \"1600.00 EUR\"");
  CHECK_HOLDS(text, "\"earned\": \"1200.00 EUR\"");
  CHECK_HOLDS(text, "\"actual\": \"1600.00 EUR\"");
  CHECK_HOLDS(text, "\"cost_variance\": \"-400.00 EUR\"");
  CHECK_HOLDS(text, "\"cost_index\": 0.75");
  CHECK_HOLDS(text, "\"schedule_index\": 0.75");
  CHECK_HOLDS(text, "\"estimate_at_completion\": \"5333.33 EUR\"");
  CHECK_HOLDS(text, "\"estimate_to_complete\": \"3733.33 EUR\"");
  CHECK_HOLDS(text, "\"step\": \"day\"");
  CHECK_HOLDS(text, "\"earned_schedule\": 1.5");
  rapport_string_free(text);
  REFUSED(rapport_schedule_earned_value_summary(schedule, project, "{\"step\": \"year\"}", &text, &error),
          RAPPORT_INVALID_INPUT, "month", "");
  /* Nobody recorded what the two days cost: they are worked out from the 16h. The other three are to come. */
  table rows, curve;
  MUST(rapport_schedule_cost_by(schedule, project, NULL, "activity", &rows.stream, &error));
  open_table(&rows);
  CHECK(flag_at(&rows, "assumed", row_of(&rows, "key", "DIG")));
  close_table(&rows);
  MUST(rapport_schedule_cost_by(schedule, project, "baseline", "activity", &rows.stream, &error));
  open_table(&rows);
  CHECK(!flag_at(&rows, "assumed", row_of(&rows, "key", "DIG")));
  close_table(&rows);
  MUST(rapport_schedule_cost_curve(schedule, project, NULL, "day", &curve.stream, &error));
  open_table(&curve);
  CHECK(curve.batch.length == 5);
  for (int64_t day = 0; day < 5; ++day) CHECK(flag_at(&curve, "assumed", day) == (day < 2));
  close_table(&curve);
  MUST(rapport_schedule_earned_value(schedule, project, "{\"step\": \"day\"}", "activity", &rows.stream,
                                     &curve.stream, &error));
  open_table(&rows);
  open_table(&curve);
  CHECK(flag_at(&rows, "assumed", row_of(&rows, "key", "DIG")));
  CHECK(flag_at(&curve, "assumed", 0));
  CHECK(!flag_at(&curve, "assumed", curve.batch.length - 1));
  close_table(&rows);
  close_table(&curve);
  rapport_schedule_free(schedule);
  rapport_project_free(project);
}

static void says_what_a_cost_rests_on(void) {
  rapport_project* project = pier_project();
  rapport_schedule* schedule = scheduled(project);
  char* text = NULL;
  MUST(rapport_project_apply(
      project,
      "{\"put\": {\"resources\": [{\"key\": \"DIVER\"}], \"assignments\": [{\"activity\": \"POUR\", "
      "\"resource\": \"DIVER\", \"work\": \"8h\"}], \"exchange_rates\": [{\"of\": \"USD\", \"price\": "
      "\"0.92 EUR/USD\", \"from\": \"2027-01-01T00:00\"}]}}",
      NULL, 0, NULL, &error));
  MUST(rapport_schedule_cost_summary(schedule, project, NULL, &text, &error));
  CHECK_HOLDS(text, "\"basis\": \"current\"");
  CHECK_HOLDS(text, "\"currency\": \"EUR\"");
  CHECK_HOLDS(text, "\"total\": \"4000.00 EUR\"");
  CHECK_HOLDS(text, "\"to_come\": \"4000.00 EUR\"");
  CHECK_HOLDS(text, "\"price\": \"0.92 EUR\"");
  CHECK_HOLDS(text, "resource DIVER has no rate");
  rapport_string_free(text);
  REFUSED(rapport_schedule_cost_summary(schedule, project, "wish", &text, &error), RAPPORT_INVALID_INPUT,
          "baseline", "");
  rapport_schedule_free(schedule);
  rapport_project_free(project);
}

int main(void) {
  prices_a_plan();
  gathers_what_a_change_costs();
  sums_up_what_is_earned();
  says_what_a_cost_rests_on();
  return failures == 0 ? 0 : 1;
}
