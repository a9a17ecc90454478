/* What was made from a project goes with it, in the state that its work had. */
#include "check.h"

#define CHANGE \
  "{\"id\": \"CR\", \"title\": \"Rock\", \"edits\": [{\"activity\": \"DIG\", \"add_work\": \"8h\"}]}"
#define OTHER RAPPORT_INVALID_INPUT, "is of project \"Pier\", not of the one given, project \"Hut\"", ""
#define STALE RAPPORT_INVALID_INPUT, "project \"Pier\" as it was read, not as edit 1 left its work", ""

/* As many activities as the pier, with the same keys. */
static rapport_project* hut_project(void) {
  rapport_project* project = NULL;
  MUST(rapport_project_from_json(
      "{\"name\": \"Hut\", \"activities\": [{\"key\": \"DIG\", \"duration\": \"8h\"}, "
      "{\"key\": \"POUR\"}, {\"key\": \"OFFICE\"}, {\"key\": \"DONE\"}]}",
      &project, NULL, &error));
  return project;
}

typedef struct made {
  rapport_schedule* schedule;
  rapport_impact* impact;
} made;

static made made_from(const rapport_project* project) {
  made m = {NULL, NULL};
  m.schedule = scheduled(project);
  MUST(rapport_project_assess(project, m.schedule, CHANGE, NULL, &m.impact, &error));
  return m;
}

static void release(made m) {
  rapport_impact_free(m.impact);
  rapport_schedule_free(m.schedule);
}

static struct ArrowArrayStream stream;
static rapport_impact* no_impact = NULL;
static rapport_notices* no_notices = NULL;
static char* no_text = NULL;

#define REFUSES_ALL(project, m, expected)                                                                 \
  do {                                                                                                    \
    rapport_money money;                                                                                  \
    REFUSED_(rapport_project_assess(project, m.schedule, CHANGE, NULL, &no_impact, &error), expected);    \
    REFUSED_(rapport_project_assess_all(project, m.schedule, CHANGE, NULL, &stream, &error), expected);   \
    REFUSED_(rapport_project_interactions(project, m.schedule, CHANGE, NULL, &stream, &error), expected); \
    REFUSED_(rapport_project_options(project, m.schedule, CHANGE, NULL, &stream, &error), expected);      \
    REFUSED_(rapport_schedule_check(m.schedule, project, 1, &stream, NULL, &error), expected);            \
    REFUSED_(rapport_schedule_quality(m.schedule, project, NULL, &stream, NULL, &error), expected);       \
    REFUSED_(rapport_schedule_cost(m.schedule, project, NULL, &money, NULL, &error), expected);           \
    REFUSED_(rapport_project_write(project, "no/such/folder.xer", NULL, m.schedule, NULL, &error),        \
             expected);                                                                                   \
    REFUSED_(rapport_project_notify(project, m.impact, NULL, &no_notices, &error), expected);             \
    REFUSED_(rapport_project_report(project, m.impact, NULL, &no_text, &error), expected);                \
    REFUSED_(rapport_impact_cost_by(m.impact, project, "activity", &stream, &error), expected);           \
  } while (0)
#define REFUSED_(call, ...) REFUSED(call, __VA_ARGS__)

static void refuses_what_is_of_another_project(void) {
  rapport_project *pier_ = pier_project(), *hut = hut_project();
  const made m = made_from(pier_);
  REFUSES_ALL(hut, m, OTHER);
  release(m);
  rapport_project_free(pier_);
  rapport_project_free(hut);
}

static void refuses_what_is_of_the_work_before_an_edit(void) {
  rapport_project* project = pier_project();
  const made before = made_from(project);
  made after;
  MUST(rapport_project_apply(project,
                             "{\"reason\": \"longer\", \"put\": {\"activities\": [{\"key\": \"POUR\", "
                             "\"duration\": \"160h\", \"calendar\": \"SITE\", \"subproject\": \"PIER\"}]}}",
                             "Ito", MARCH_1_AT_8, NULL, &error));
  REFUSES_ALL(project, before, STALE);
  after = made_from(project);
  /* Who is told, and how likely the rock is, moves no work. */
  MUST(rapport_project_apply(
      project,
      "{\"reason\": \"new\", \"put\": {\"stakeholders\": [{\"key\": \"wang\", \"name\": "
      "\"Wang\"}]}}",
      "Ito", MARCH_1_AT_8, NULL, &error));
  MUST(rapport_project_notify(project, after.impact, NULL, &no_notices, &error));
  rapport_notices_free(no_notices);
  release(before);
  release(after);
  rapport_project_free(project);
}

int main(void) {
  refuses_what_is_of_another_project();
  refuses_what_is_of_the_work_before_an_edit();
  return failures != 0;
}
