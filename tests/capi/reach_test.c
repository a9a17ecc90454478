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

int main(void) {
  follows_down_and_up();
  says_how_likely();
  predicts_the_published_chain();
  return failures == 0 ? 0 : 1;
}
