/* What a change can touch. */
#include "check.h"

static rapport_project* traced_project(void) {
  rapport_project* project = NULL;
  MUST(rapport_project_from_json(
      "{\"requirements\": [{\"key\": \"A\"}, {\"key\": \"B\"}, {\"key\": \"C\"}], \"traces\": ["
      "{\"from\": \"requirement:A\", \"to\": \"requirement:B\", \"type\": \"implements\", \"likelihood\": "
      "0.5,"
      " \"share\": 1},"
      "{\"from\": \"requirement:B\", \"to\": \"requirement:C\", \"type\": \"implements\", \"likelihood\": "
      "0.5,"
      " \"share\": 1}]}",
      &project, NULL, &error));
  return project;
}

static void follows_down_and_up(void) {
  rapport_project* project = traced_project();
  rapport_change_graph* graph = NULL;
  table reach;
  MUST(rapport_project_change_graph(project, NULL, &graph, &error));
  rapport_project_free(project);
  MUST(rapport_change_graph_certain(graph, "requirement:A", RAPPORT_FOLLOW_DOWNSTREAM, 0, &reach.stream,
                                    &error));
  open_table(&reach);
  CHECK(reach.batch.length == 3);
  CHECK(whole_at(&reach, "depth", row_of(&reach, "key", "C")) == 2);
  close_table(&reach);
  MUST(rapport_change_graph_certain(graph, "requirement:A", RAPPORT_FOLLOW_DOWNSTREAM, 1, &reach.stream,
                                    &error));
  open_table(&reach);
  CHECK(reach.batch.length == 2);
  close_table(&reach);
  MUST(rapport_change_graph_certain(graph, "requirement:B", RAPPORT_FOLLOW_UPSTREAM, 0, &reach.stream,
                                    &error));
  open_table(&reach);
  CHECK(reach.batch.length == 2);
  CHECK_TEXT(text_at(&reach, "key", 1), "A");
  close_table(&reach);
  REFUSED(rapport_change_graph_certain(graph, "requirement:AA", 0, 0, &reach.stream, &error),
          RAPPORT_NOT_FOUND, "AA", "AA");
  REFUSED(rapport_change_graph_certain(graph, "requirement:A", 7, 0, &reach.stream, &error),
          RAPPORT_INVALID_INPUT, "follow", "");
  rapport_change_graph_free(graph);
}

static void says_how_likely(void) {
  rapport_project* project = traced_project();
  rapport_change_graph* graph = NULL;
  char* summary = NULL;
  table reach;
  MUST(rapport_project_change_graph(project, NULL, &graph, &error));
  rapport_project_free(project);
  MUST(rapport_change_graph_probable(graph, "requirement:A", &reach.stream, &summary, &error));
  open_table(&reach);
  CHECK(number_at(&reach, "likelihood", row_of(&reach, "key", "C")) == 0.25);
  close_table(&reach);
  CHECK_HOLDS(summary, "\"abandoned\": false");
  rapport_string_free(summary);
  MUST(rapport_change_graph_percolate(graph, "requirement:A", 10000, 1, &reach.stream, &error));
  open_table(&reach);
  /* Five standard errors. */
  CHECK(number_at(&reach, "probability", row_of(&reach, "key", "C")) > 0.25 - 5 * 0.0044);
  CHECK(number_at(&reach, "probability", row_of(&reach, "key", "C")) < 0.25 + 5 * 0.0044);
  close_table(&reach);
  rapport_change_graph_free(graph);
}

/* The chain of three that cpm-lib publishes. */
static void predicts_the_published_chain(void) {
  const char* const names[] = {"A", "B", "C"};
  const double likelihood[] = {0, 0, 0, 0.8, 0, 0, 0, 0.6, 0};
  const double impact[] = {0, 0, 0, 0.7, 0, 0, 0, 0.5, 0};
  table pairs;
  MUST(rapport_predict_change(names, 3, likelihood, impact, NULL, &pairs.stream, &error));
  open_table(&pairs);
  CHECK(pairs.batch.length == 3);
  for (int64_t row = 0; row < pairs.batch.length; ++row)
    if (strcmp(text_at(&pairs, "receiver", row), "C") == 0 &&
        strcmp(text_at(&pairs, "instigator", row), "A") == 0) {
      CHECK(number_at(&pairs, "risk", row) > 0.24 - 1e-12);
      CHECK(number_at(&pairs, "risk", row) < 0.24 + 1e-12);
    }
  close_table(&pairs);
  REFUSED(rapport_predict_change(names, 3, NULL, impact, NULL, &pairs.stream, &error), RAPPORT_INVALID_INPUT,
          "likelihood", "");
}

/* A to B to C, each 0.5 likely, unless `assumptions` say otherwise of a trace without a likelihood. */
static void follows_given_assumptions(void) {
  rapport_project* project = NULL;
  rapport_change_graph* graph = NULL;
  table reach;
  MUST(rapport_project_from_json(
      "{\"requirements\": [{\"key\": \"A\"}, {\"key\": \"B\"}, {\"key\": \"C\"}], \"traces\": ["
      "{\"from\": \"requirement:A\", \"to\": \"requirement:B\", \"type\": \"implements\"},"
      "{\"from\": \"requirement:B\", \"to\": \"requirement:C\", \"type\": \"implements\"}]}",
      &project, NULL, &error));
  MUST(rapport_project_change_graph_under(
      project, "{\"traces\": {\"implements\": {\"likelihood\": 0.25}}, \"depth\": 2}", &graph, &error));
  MUST(rapport_change_graph_probable(graph, "requirement:A", &reach.stream, NULL, &error));
  open_table(&reach);
  CHECK(number_at(&reach, "likelihood", row_of(&reach, "key", "B")) == 0.25);
  CHECK(number_at(&reach, "likelihood", row_of(&reach, "key", "C")) == 0.0625);
  close_table(&reach);
  rapport_change_graph_free(graph);
  MUST(rapport_project_change_graph_under(project, NULL, &graph, &error));
  MUST(rapport_change_graph_probable(graph, "requirement:A", &reach.stream, NULL, &error));
  open_table(&reach);
  CHECK(number_at(&reach, "likelihood", row_of(&reach, "key", "C")) == 1);
  close_table(&reach);
  rapport_change_graph_free(graph);
  REFUSED(rapport_project_change_graph_under(project, "{\"trace\": {}}", &graph, &error),
          RAPPORT_INVALID_INPUT, "nearest: traces", "");
  rapport_project_free(project);
}

/* A passes 0.5 on to B, 0.25 to C; B takes in 0.5 and passes 0.5; C takes in 0.75. */
static void tells_absorbers_from_multipliers(void) {
  const char* const requirements[] = {"requirement"};
  const char* const wrong[] = {"requirements"};
  rapport_project* project = traced_project();
  rapport_change_graph* graph = NULL;
  rapport_role_options options = RAPPORT_ROLE_OPTIONS_INIT;
  char* summary = NULL;
  table roles;
  MUST(rapport_project_change_graph(project, NULL, &graph, &error));
  rapport_project_free(project);
  MUST(rapport_change_graph_roles(graph, NULL, &roles.stream, &summary, &error));
  open_table(&roles);
  CHECK(number_at(&roles, "risk_out", row_of(&roles, "key", "A")) == 0.75);
  CHECK(number_at(&roles, "risk_in", row_of(&roles, "key", "C")) == 0.75);
  CHECK_TEXT(text_at(&roles, "role", row_of(&roles, "key", "A")), "multiplier");
  CHECK_TEXT(text_at(&roles, "role", row_of(&roles, "key", "B")), "carrier");
  CHECK_TEXT(text_at(&roles, "role", row_of(&roles, "key", "C")), "absorber");
  close_table(&roles);
  CHECK_HOLDS(summary, "\"depth\": 4");
  rapport_string_free(summary);
  options.most_branches = 1;
  options.kinds = requirements;
  options.kind_count = 1;
  MUST(rapport_change_graph_roles(graph, &options, &roles.stream, &summary, &error));
  open_table(&roles);
  CHECK(number_at(&roles, "risk_out", row_of(&roles, "key", "A")) == 0.5);
  close_table(&roles);
  CHECK_HOLDS(summary, "\"depth\": 1");
  rapport_string_free(summary);
  options.kinds = wrong;
  REFUSED(rapport_change_graph_roles(graph, &options, &roles.stream, NULL, &error), RAPPORT_NOT_FOUND,
          "requirement", "");
  options.kinds = requirements;
  options.band = 2;
  REFUSED(rapport_change_graph_roles(graph, &options, &roles.stream, NULL, &error), RAPPORT_INVALID_INPUT,
          "band", "");
  MUST(rapport_change_graph_predict(graph, NULL, 0, RAPPORT_RISK_NESTED_TREE, NULL, &roles.stream, &error));
  open_table(&roles);
  CHECK(roles.batch.length == 3);
  CHECK_TEXT(text_at(&roles, "instigator", 0), "requirement:A");
  CHECK(number_at(&roles, "risk", row_of(&roles, "receiver", "requirement:C")) == 0.25);
  close_table(&roles);
  REFUSED(rapport_change_graph_predict(graph, NULL, 0, 7, NULL, &roles.stream, &error), RAPPORT_INVALID_INPUT,
          "variant", "");
  rapport_change_graph_free(graph);
}

static void tells_the_roles_of_matrices(void) {
  const char* const names[] = {"A", "B", "C"};
  const double likelihood[] = {0, 0, 0, 0.5, 0, 0, 0, 0.5, 0};
  const double impact[] = {0, 0, 0, 1, 0, 0, 0, 1, 0};
  table roles;
  MUST(rapport_predict_roles(names, 3, likelihood, impact, NULL, 0.1, &roles.stream, &error));
  open_table(&roles);
  CHECK(number_at(&roles, "likelihood_out", row_of(&roles, "component", "A")) == 0.75);
  CHECK_TEXT(text_at(&roles, "role", row_of(&roles, "component", "C")), "absorber");
  close_table(&roles);
}

int main(void) {
  follows_down_and_up();
  says_how_likely();
  predicts_the_published_chain();
  follows_given_assumptions();
  tells_absorbers_from_multipliers();
  tells_the_roles_of_matrices();
  return failures == 0 ? 0 : 1;
}
