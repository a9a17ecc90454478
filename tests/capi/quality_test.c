/* Quality, comparison, loops and conflicts. */
#include "check.h"

static void checks_the_quality_of_a_plan(void) {
  rapport_project* project = pier_project();
  rapport_schedule* schedule = scheduled(project);
  table checks, findings;
  MUST(rapport_schedule_quality(schedule, project, NULL, &checks.stream, &findings.stream, &error));
  open_table(&checks);
  open_table(&findings);
  const int64_t logic = row_of(&checks, "id", "dcma.logic");
  /* DIG is the first; OFFICE has no predecessor either. */
  CHECK(whole_at(&checks, "count", logic) == 1);
  CHECK(whole_at(&checks, "out_of", logic) == 3);
  CHECK_TEXT(text_at(&checks, "verdict", logic), "fail");
  CHECK_TEXT(text_at(&findings, "activity", row_of(&findings, "check", "dcma.logic")), "OFFICE");
  close_table(&checks);
  close_table(&findings);
  MUST(rapport_schedule_quality(schedule, project, "{\"logic_limit\": 50, \"milestones\": true}",
                                &checks.stream, NULL, &error));
  open_table(&checks);
  CHECK_TEXT(text_at(&checks, "verdict", row_of(&checks, "id", "dcma.logic")), "pass");
  CHECK(whole_at(&checks, "out_of", row_of(&checks, "id", "dcma.logic")) == 4);
  close_table(&checks);
  REFUSED(rapport_schedule_quality(schedule, project, "{\"logic_limt\": 50}", &checks.stream, NULL, &error),
          RAPPORT_NOT_FOUND, "logic_limit", "logic_limit");
  rapport_schedule_free(schedule);
  rapport_project_free(project);
}

static void explains_what_moved_the_finish(void) {
  rapport_project* before = pier_project();
  rapport_project* after = pier_project();
  rapport_comparison* comparison = NULL;
  rapport_compare_options options = RAPPORT_COMPARE_OPTIONS_INIT;
  char* explanation = NULL;
  table differences, parts;
  MUST(rapport_project_apply(after,
                             "{\"put\": {\"activities\": [{\"key\": \"POUR\", \"name\": \"Pour\", "
                             "\"duration\": \"24h\", \"calendar\": \"SITE\", \"subproject\": \"PIER\"}]}}",
                             NULL, 0, NULL, &error));
  MUST(rapport_project_compare(before, after, NULL, &comparison, &error));
  MUST(rapport_comparison_table(comparison, RAPPORT_COMPARISON_DIFFERENCES, &differences.stream, &error));
  open_table(&differences);
  CHECK(differences.batch.length == 1);
  CHECK_TEXT(text_at(&differences, "field", 0), "duration");
  CHECK_TEXT(text_at(&differences, "after", 0), "24h");
  close_table(&differences);
  MUST(rapport_comparison_table(comparison, RAPPORT_COMPARISON_EXPLANATION, &parts.stream, &error));
  open_table(&parts);
  CHECK(parts.batch.length == 1);
  CHECK_TEXT(text_at(&parts, "part", 0), "durations");
  CHECK(whole_at(&parts, "finish_seconds", 0) == DAY);
  close_table(&parts);
  MUST(rapport_comparison_explanation(comparison, &explanation, &error));
  CHECK_HOLDS(explanation, "\"exact\": true");
  rapport_string_free(explanation);
  MUST(rapport_comparison_report(comparison, RAPPORT_FORMAT_HTML, "May", "June", NULL, &explanation, &error));
  CHECK_HOLDS(explanation, "<!DOCTYPE html>");
  CHECK_HOLDS(explanation, "finishes 1 day later");
  rapport_string_free(explanation);
  MUST(
      rapport_comparison_report(comparison, RAPPORT_FORMAT_MARKDOWN, NULL, NULL, "zh", &explanation, &error));
  CHECK_HOLDS(explanation, "# ");
  rapport_string_free(explanation);
  REFUSED(rapport_comparison_report(comparison, RAPPORT_FORMAT_SVG, NULL, NULL, NULL, &explanation, &error),
          RAPPORT_INVALID_INPUT, "no format 2", "");
  rapport_comparison_free(comparison);
  comparison = NULL;
  options.milestone = "POUER";
  REFUSED(rapport_project_compare(before, after, &options, &comparison, &error), RAPPORT_NOT_FOUND, "POUR",
          "POUR");
  options.milestone = NULL;
  options.by = 7;
  REFUSED(rapport_project_compare(before, after, &options, &comparison, &error), RAPPORT_INVALID_INPUT,
          "no grouping 7", "");
  options.by = RAPPORT_DELTA_BY_KIND;
  options.rules = 9;
  REFUSED(rapport_project_compare(before, after, &options, &comparison, &error), RAPPORT_INVALID_INPUT,
          "no rules 9", "");
  CHECK(comparison == NULL);
  options.rules = RAPPORT_RULES_MICROSOFT;
  MUST(rapport_project_compare(before, after, &options, &comparison, &error));
  rapport_comparison_free(comparison);
  rapport_project_free(before);
  rapport_project_free(after);
}

static void tells_loops_and_conflicts(void) {
  rapport_project* project = pier_project();
  table loops, conflicts;
  MUST(rapport_project_apply(project,
                             "{\"put\": {\"links\": [{\"predecessor\": \"POUR\", \"successor\": \"DIG\"}],"
                             "  \"subprojects\": [{\"key\": \"PIER\", \"planned_start\": "
                             "\"2027-03-01T08:00\", \"data_date\": \"2027-03-01T08:00\", \"calendar\": "
                             "\"SITE\", \"must_finish_by\": \"2027-03-08T17:00\"}]}}",
                             NULL, 0, NULL, &error));
  MUST(rapport_project_loops(project, &loops.stream, &error));
  open_table(&loops);
  CHECK(loops.batch.length == 1);
  CHECK(whole_at(&loops, "cut_links", 0) == 1);
  close_table(&loops);
  MUST(rapport_project_apply(project, "{\"remove\": [\"link:POUR>DIG:FS\"]}", NULL, 0, NULL, &error));
  rapport_schedule* schedule = scheduled(project);
  MUST(rapport_schedule_conflicts(schedule, &conflicts.stream, &error));
  open_table(&conflicts);
  CHECK(conflicts.batch.length == 1);
  CHECK(whole_at(&conflicts, "total_float_minutes", 0) == -480);
  /* POUR itself must end by then, whatever follows it. */
  CHECK_TEXT(text_at(&conflicts, "links", 0), "DIG>POUR:FS");
  close_table(&conflicts);
  rapport_schedule_free(schedule);
  rapport_project_free(project);
}

int main(void) {
  checks_the_quality_of_a_plan();
  explains_what_moved_the_finish();
  tells_loops_and_conflicts();
  return failures == 0 ? 0 : 1;
}
