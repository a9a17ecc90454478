#include <math.h>

#include "check.h"

/* Pressman, 5th ed., fig. 8.4: 24 defects before testing become 12, 6, 3. */
static void amplifies_defects(void) {
  const rapport_defect_step tests[3] = {
      {"unit", 0, 1e6, 1, 0.5}, {"integration", 0, 1e6, 1, 0.5}, {NULL, 0, 1e6, 1, 0.5}};
  rapport_defect_step bad = {NULL, 0, 0, 1, 1.5};
  double after[3] = {0};
  MUST(rapport_amplify_defects(tests, 3, 24, after, &error));
  CHECK(after[0] == 12 && after[1] == 6 && after[2] == 3);
  REFUSED(rapport_amplify_defects(&bad, 1, 0, after, &error), RAPPORT_INVALID_INPUT, "efficiency of step 1",
          "");
  REFUSED(rapport_amplify_defects(NULL, 1, 0, after, &error), RAPPORT_INVALID_INPUT, "steps is NULL", "");
}

/* Pressman, table 8.1: 783 with reviews, 2177 without. */
static void prices_defects_by_phase(void) {
  const rapport_found_defects with[4] = {
      {"design", 22, 1.5}, {"before test", 36, 6.5}, {"during test", 21, 15}, {"after release", 3, 67}};
  const rapport_found_defects without[3] = {
      {"before test", 22, 6.5}, {NULL, 82, 15}, {"after release", 12, 67}};
  const rapport_found_defects bad = {NULL, -1, 15};
  const rapport_defect_step tests[3] = {
      {"unit", 0, 1e6, 1, 0.5}, {"integration", 0, 1e6, 1, 0.5}, {NULL, 0, 1e6, 1, 0.5}};
  double total = 0, found[3] = {0};
  table t;
  MUST(rapport_defect_costs(with, 4, &total, &t.stream, &error));
  CHECK(total == 783);
  open_table(&t);
  CHECK(t.batch.length == 4);
  CHECK_TEXT(text_at(&t, "phase", 3), "after release");
  CHECK(number_at(&t, "cost", 3) == 201);
  close_table(&t);
  MUST(rapport_defect_costs(without, 3, &total, NULL, &error));
  CHECK(total == 2177);
  MUST(rapport_defect_costs(NULL, 0, &total, NULL, &error));
  CHECK(total == 0);
  REFUSED(rapport_defect_costs(&bad, 1, &total, NULL, &error), RAPPORT_INVALID_INPUT,
          "defects found in phase 1 is -1", "");
  REFUSED(rapport_defect_costs(NULL, 1, &total, NULL, &error), RAPPORT_INVALID_INPUT, "phases is NULL", "");
  MUST(rapport_defects_found(tests, 3, 24, found, &error));
  CHECK(found[0] == 12 && found[1] == 6 && found[2] == 3);
}

static void counts_what_phases_contain(void) {
  const char* const origins[] = {"design", "code"};
  const char* const found[] = {"design", "code", "field"};
  const double counts[] = {12, 0, 5, 24, 3, 6};
  double overall = 0;
  table t;
  MUST(rapport_containment(origins, 2, found, 3, counts, &overall, &t.stream, &error));
  open_table(&t);
  CHECK(t.batch.length == 2);
  CHECK_TEXT(text_at(&t, "phase", 1), "code");
  close_table(&t);
  CHECK(fabs(overall - (1 - 9.0 / 50)) < 1e-12);
  REFUSED(rapport_containment(origins, 2, found, 1, counts, NULL, &t.stream, &error), RAPPORT_INVALID_INPUT,
          "does not fit", "");
}

/* Blischke & Murthy 2003, ch. 13: low leaves 5.8 of 10 requirements defects. */
static void estimates_residual_defects(void) {
  rapport_coqualmo input = RAPPORT_COQUALMO_INIT;
  double introduced[3], residual[3];
  int i;
  for (i = 0; i < 3; ++i) input.removal[i] = RAPPORT_REMOVAL_LOW;
  MUST(rapport_coqualmo_residual(&input, introduced, residual, &error));
  CHECK(introduced[0] == 10);
  CHECK(fabs(residual[0] - 5.8) < 0.03);
  input.removal[1] = 6;
  REFUSED(rapport_coqualmo_residual(&input, introduced, residual, &error), RAPPORT_INVALID_INPUT,
          "a removal level is 6", "");
}

static void tells_how_requirements_changed(void) {
  rapport_project* project = pier_project();
  rapport_volatility_options options = RAPPORT_VOLATILITY_OPTIONS_INIT;
  table t;
  MUST(rapport_project_apply(
      project, "{\"reason\": \"as the harbour asks\", \"put\": {\"requirements\": [{\"key\": \"REQ-2\"}]}}",
      "ito", MARCH_5_AT_17, NULL, &error));
  options.period = "week";
  MUST(rapport_project_volatility(project, &options, RAPPORT_VOLATILITY_PERIODS, &t.stream, &error));
  open_table(&t);
  CHECK(t.batch.length == 1);
  CHECK(whole_at(&t, "at_start", 0) == 1);
  CHECK(whole_at(&t, "added", 0) == 1);
  close_table(&t);
  MUST(rapport_project_volatility(project, NULL, RAPPORT_VOLATILITY_EVENTS, &t.stream, &error));
  open_table(&t);
  CHECK(t.batch.length == 2);
  CHECK_TEXT(text_at(&t, "cause", 1), "as the harbour asks");
  close_table(&t);
  MUST(rapport_project_volatility(project, &options, RAPPORT_VOLATILITY_CAUSES, &t.stream, &error));
  open_table(&t);
  CHECK(t.batch.length == 1);
  CHECK_TEXT(text_at(&t, "cause", 0), "as the harbour asks");
  CHECK(whole_at(&t, "added", 0) == 1);
  close_table(&t);
  options.period = "fortnight";
  REFUSED(rapport_project_volatility(project, &options, 0, &t.stream, &error), RAPPORT_INVALID_INPUT,
          "give week, month", "");
  REFUSED(rapport_project_volatility(project, NULL, 3, &t.stream, &error), RAPPORT_INVALID_INPUT,
          "no table 3", "");
  rapport_project_free(project);
}

/* REQ-1's trace states no share, so that what it makes of DIG rests on a default until somebody gives it. */
static void assesses_under_given_assumptions(void) {
  static const char* const change =
      "{\"id\": \"CR-1\", \"edits\": [{\"requirement\": \"REQ-1\", \"magnitude\": 0.5}]}";
  rapport_project* project = pier_project();
  rapport_schedule* before = scheduled(project);
  rapport_impact* impact = NULL;
  char* text = NULL;
  int64_t delta = 0;
  MUST(rapport_project_assess_under(project, before, change, NULL, NULL, &impact, &error));
  MUST(rapport_impact_to_json(impact, &text, &error));
  CHECK_HOLDS(text, "share redone along implements");
  rapport_string_free(text);
  rapport_impact_free(impact);
  MUST(rapport_project_assess_under(project, before, change,
                                    "{\"traces\": {\"implements\": {\"share\": 0.4}}, \"injected_per_hour\": "
                                    "{\"value\": 0.5, \"source\": \"us\"}}",
                                    NULL, &impact, &error));
  MUST(rapport_impact_finish_delta(impact, &delta, &error));
  CHECK(delta == DAY); /* 40h x 0.5 x 0.4 */
  rapport_impact_free(impact);
  impact = NULL;
  REFUSED(rapport_project_assess_under(project, before, change, "{\"dept\": 3}", NULL, &impact, &error),
          RAPPORT_INVALID_INPUT, "nearest: depth", "");
  CHECK(impact == NULL);
  MUST(rapport_default_assumptions(&text, &error));
  CHECK_HOLDS(text, "\"injected_per_hour\"");
  CHECK_HOLDS(text, "\"assumed\": true");
  rapport_string_free(text);
  rapport_schedule_free(before);
  rapport_project_free(project);
}

int main(void) {
  amplifies_defects();
  prices_defects_by_phase();
  counts_what_phases_contain();
  estimates_residual_defects();
  tells_how_requirements_changed();
  assesses_under_given_assumptions();
  return failures != 0;
}
