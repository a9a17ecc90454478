/* Design that goes round in loops. */
#include "check.h"

/* The second sends half of the first back, always: 0.5 x 0.4 of 10 days and of 100 EUR once more. */
static const char* const pair =
    "{\"duration_unit\": \"days\", \"activities\": ["
    "{\"name\": \"Design\", \"duration\": 10, \"cost\": 100, \"repeated\": 0.4},"
    "{\"name\": \"Test\", \"duration\": 4, \"cost\": 50}], \"loops\": ["
    "{\"from\": \"Design\", \"to\": \"Test\", \"probability\": 1},"
    "{\"from\": \"Test\", \"to\": \"Design\", \"probability\": 1, \"impact\": 0.5}]}";

static int near_to(double value, double wanted) { return value > wanted - 1e-9 && value < wanted + 1e-9; }

static int stop_at_once(void* context, double fraction, const char* stage) {
  (void)context;
  (void)fraction;
  (void)stage;
  return 1;
}

static void tells_duration_and_cost(void) {
  const double shares[] = {0.8};
  const double limit = 15;
  rapport_rework_options options = RAPPORT_REWORK_OPTIONS_INIT;
  table figures, trials;
  options.trials = 10;
  options.shares = shares;
  options.share_count = 1;
  options.duration_limit = &limit;
  MUST(rapport_simulate_rework(pair, &options, &figures.stream, &trials.stream, &error));
  open_table(&figures);
  CHECK(figures.batch.length == 7); /* what does not spread has no skewness */
  CHECK_TEXT(text_at(&figures, "of", 0), "duration");
  CHECK_TEXT(text_at(&figures, "figure", 0), "mean");
  CHECK_TEXT(text_at(&figures, "unit", 0), "days");
  CHECK(near_to(number_at(&figures, "value", 0), 16));
  CHECK(near_to(number_at(&figures, "standard_error", 0), 0));
  CHECK(near_to(number_at(&figures, "value", row_of(&figures, "figure", "p80")), 16));
  CHECK(number_at(&figures, "value", row_of(&figures, "figure", "over")) == 1);
  CHECK_TEXT(text_at(&figures, "of", 4), "cost");
  CHECK(near_to(number_at(&figures, "value", 4), 170));
  close_table(&figures);
  open_table(&trials);
  CHECK(trials.batch.length == 10);
  CHECK(near_to(number_at(&trials, "cost", 9), 170));
  close_table(&trials);
  options.rework = 0;
  MUST(rapport_simulate_rework(pair, &options, &figures.stream, NULL, &error));
  open_table(&figures);
  CHECK(near_to(number_at(&figures, "value", 0), 14));
  close_table(&figures);
}

static void says_what_is_wrong(void) {
  rapport_rework_options options = RAPPORT_REWORK_OPTIONS_INIT;
  table figures;
  REFUSED(rapport_simulate_rework("{\"activities\": [\n  1e999]}", NULL, &figures.stream, NULL, &error),
          RAPPORT_PARSE, "2:3: this number is beyond what can be held", "");
  REFUSED(rapport_simulate_rework("{", NULL, &figures.stream, NULL, &error), RAPPORT_PARSE, "no JSON",
          "line");
  REFUSED(rapport_simulate_rework("{}", NULL, &figures.stream, NULL, &error), RAPPORT_INVALID_INPUT,
          "loops.activities is missing", "");
  options.trials = 0;
  REFUSED(rapport_simulate_rework(pair, &options, &figures.stream, NULL, &error), RAPPORT_INVALID_INPUT,
          "give 1 to 10000000", "");
  options.trials = 10;
  options.progress = stop_at_once;
  REFUSED(rapport_simulate_rework(pair, &options, &figures.stream, NULL, &error), RAPPORT_CANCELLED, "",
          "fraction_done");
}

int main(void) {
  tells_duration_and_cost();
  says_what_is_wrong();
  return failures == 0 ? 0 : 1;
}
