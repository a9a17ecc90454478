#include "check.h"

static const char* const with_people =
    "{\"put\": {"
    " \"stakeholders\": [{\"key\": \"client\", \"side\": \"client\"},"
    "   {\"key\": \"lead\", \"side\": \"team\"}, {\"key\": \"board\", \"side\": \"team\"}],"
    " \"approval_limits\": [{\"key\": \"L-1\", \"approver\": \"lead\", \"delay_days\": 5,"
    "   \"cost\": \"1000.00 EUR\"}, {\"key\": \"L-2\", \"approver\": \"board\"}],"
    " \"change_requests\": [{\"id\": \"CR-1\", \"title\": \"Rock\","
    "   \"edits\": [{\"activity\": \"DIG\", \"add_work\": \"8h\"}]}]}}";

static rapport_project* asked(void) {
  rapport_project* project = pier_project();
  MUST(rapport_project_apply(project, with_people, "lead", MARCH_1_AT_8, NULL, &error));
  return project;
}

static rapport_sign_off signed_by(const char* who) {
  rapport_sign_off sign = RAPPORT_SIGN_OFF_INIT;
  sign.by = who;
  sign.when = MARCH_1_AT_8;
  return sign;
}

static void move(rapport_project* project, const char* state, rapport_sign_off sign) {
  MUST(rapport_project_move_change(project, "CR-1", state, &sign, NULL, &error));
}

static void the_size_of_an_impact_chooses_who_must_approve(void) {
  rapport_project* project = asked();
  rapport_schedule* before = scheduled(project);
  rapport_impact* impact = NULL;
  rapport_money cost;
  int32_t days = 0;
  char* text = NULL;
  MUST(rapport_project_assess(project, before, "CR-1", NULL, &impact, &error));
  MUST(rapport_impact_size(impact, &days, &cost, &error));
  CHECK(days == 1);
  CHECK(cost.minor == 80000);
  MUST(rapport_project_required_approval(project, days, "800.00 EUR", &text, &error));
  CHECK_HOLDS(text, "\"lead\"");
  CHECK_HOLDS(text, "\"within_limit\": true");
  rapport_string_free(text);
  MUST(rapport_project_required_approval(project, 6, "800.00 EUR", &text, &error));
  CHECK_HOLDS(text, "\"board\"");
  CHECK_HOLDS(text, "\"within_limit\": false");
  rapport_string_free(text);
  MUST(rapport_project_required_approval(project, 5, "1000.01 EUR", &text, &error));
  CHECK_HOLDS(text, "\"board\"");
  rapport_string_free(text);
  REFUSED(rapport_project_required_approval(project, 5, "much", &text, &error), RAPPORT_PARSE, "much", "");
  rapport_impact_free(impact);
  rapport_schedule_free(before);
  rapport_project_free(project);
}

static void a_request_goes_from_wish_to_closed_when_all_is_recorded(void) {
  rapport_project* project = asked();
  rapport_sign_off sign = signed_by("lead");
  char* text = NULL;
  uint64_t entry = 0;
  MUST(rapport_project_next_states(project, "CR-1", &text, &error));
  CHECK_HOLDS(text, "\"state\": \"draft\"");
  CHECK_HOLDS(text, "\"state\": \"submitted\"");
  rapport_string_free(text);
  move(project, "submitted", sign);
  REFUSED(rapport_project_move_change(project, "CR-1", "analysed", &sign, NULL, &error),
          RAPPORT_INVALID_INPUT, "without its size", "");
  sign.delay_days = 1;
  sign.cost = "800.00 EUR";
  move(project, "analysed", sign);
  move(project, "reviewed", signed_by("board"));
  sign = signed_by("lead");
  REFUSED(rapport_project_move_change(project, "CR-1", "approved", &sign, NULL, &error),
          RAPPORT_INVALID_INPUT, "needs the approval of lead", "record it as an answer");
  MUST(rapport_project_answer_change(project, "CR-1", "approved", &sign, &entry, &error));
  CHECK(entry == 5);
  move(project, "approved", sign);
  REFUSED(rapport_project_move_change(project, "CR-1", "implemented", &sign, NULL, &error),
          RAPPORT_INVALID_INPUT, "client's recorded answer", "");
  sign = signed_by("client");
  MUST(rapport_project_answer_change(project, "CR-1", "approved", &sign, NULL, &error));
  move(project, "implemented", signed_by("lead"));
  move(project, "verified", signed_by("client"));
  move(project, "closed", signed_by("lead"));
  MUST(rapport_project_fact(project, "change_request:CR-1", &text, &error));
  CHECK_HOLDS(text, "\"closed\"");
  rapport_string_free(text);
  rapport_project_free(project);
}

static void refuses_what_makes_no_sense(void) {
  rapport_project* project = asked();
  rapport_sign_off sign = signed_by("lead");
  REFUSED(rapport_project_move_change(project, "CR-1", "done", &sign, NULL, &error), RAPPORT_INVALID_INPUT,
          "none of draft, submitted", "");
  REFUSED(rapport_project_move_change(project, "CR-1", "approved", &sign, NULL, &error),
          RAPPORT_INVALID_INPUT, "cannot go from draft to approved", "it may become submitted");
  REFUSED(rapport_project_move_change(project, "CR-2", "submitted", &sign, NULL, &error), RAPPORT_NOT_FOUND,
          "CR-2", "\"CR-1\"");
  sign.by = NULL;
  REFUSED(rapport_project_answer_change(project, "CR-1", "approved", &sign, NULL, &error),
          RAPPORT_INVALID_INPUT, "sign->by", "");
  rapport_project_free(project);
}

static void lists_and_confirms_suspect_traces(void) {
  rapport_project* project = pier_project();
  const char* const none[] = {"nothing"};
  table t;
  MUST(rapport_project_apply(project,
                             "{\"put\": {\"requirements\": [{\"key\": \"REQ-1\", \"title\": \"Deep water\","
                             " \"owner\": \"ito\", \"version\": 2}]}}",
                             "ito", MARCH_1_AT_8, NULL, &error));
  MUST(rapport_project_suspect_traces(project, &t.stream, &error));
  open_table(&t);
  CHECK(t.batch.length == 2);
  CHECK_TEXT(text_at(&t, "from", 0), "requirement:REQ-1");
  CHECK(whole_at(&t, "version", 0) == 2);
  close_table(&t);
  REFUSED(rapport_project_confirm_traces(project, none, 1, "ito", MARCH_1_AT_8, NULL, &error),
          RAPPORT_NOT_FOUND, "nothing", "");
  MUST(rapport_project_confirm_traces(project, NULL, 0, "ito", MARCH_1_AT_8, NULL, &error));
  MUST(rapport_project_suspect_traces(project, &t.stream, &error));
  CHECK(t.stream.get_schema(&t.stream, &t.schema) == 0);
  CHECK(t.stream.get_next(&t.stream, &t.batch) == 0);
  CHECK(t.batch.release == NULL || t.batch.length == 0);
  if (t.batch.release) t.batch.release(&t.batch);
  t.schema.release(&t.schema);
  t.stream.release(&t.stream);
  rapport_project_free(project);
}

int main(void) {
  the_size_of_an_impact_chooses_who_must_approve();
  a_request_goes_from_wish_to_closed_when_all_is_recorded();
  refuses_what_makes_no_sense();
  lists_and_confirms_suspect_traces();
  return failures != 0;
}
