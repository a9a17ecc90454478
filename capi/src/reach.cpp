// What a change can touch.

#include "rapport/impact/change_graph.h"

#include "guarded.h"
#include "handles.h"
#include "json.h"
#include "rapport/impact/assumptions.h"
#include "rapport/model/facts.h"
#include "rapport/rapport.h"

struct rapport_change_graph {
  rapport::ChangeGraph value;
};

namespace rapport::capi {
namespace {

Follow follow_of(std::int32_t given) {
  switch (given) {
    case RAPPORT_FOLLOW_CHANGE:
      return Follow::Change;
    case RAPPORT_FOLLOW_DOWNSTREAM:
      return Follow::Downstream;
    case RAPPORT_FOLLOW_UPSTREAM:
      return Follow::Upstream;
    default:
      throw InvalidInput("argument follow is " + std::to_string(given) + "; it is RAPPORT_FOLLOW_…, 0 to 2");
  }
}

std::vector<FactKind> kinds_of(char const* const* kinds, size_t count) {
  std::vector<FactKind> result;
  for (size_t i = 0; i < count; ++i)
    result.push_back(fact_kind(
        required_text((&required(kinds, "kinds"))[i], ("kinds[" + std::to_string(i) + "]").c_str())));
  return result;
}

RiskVariant variant_of(std::int32_t given, char const* name) {
  if (given != RAPPORT_RISK_PENULTIMATE_NODE && given != RAPPORT_RISK_NESTED_TREE)
    throw InvalidInput(std::string(name) + " is " + std::to_string(given) + "; it is RAPPORT_RISK_…, 0 or 1");
  return given == RAPPORT_RISK_NESTED_TREE ? RiskVariant::NestedTree : RiskVariant::PenultimateNode;
}

ChangePrediction predicted(char const* const* names, size_t count, double const* likelihood,
                           double const* impact, rapport_prediction_options const* options) {
  auto const given = complete(options, rapport_prediction_options RAPPORT_PREDICTION_OPTIONS_INIT);
  check_reserved(given.reserved);
  PredictionOptions const chosen{
      .depth = given.depth, .cutoff = given.cutoff, .variant = variant_of(given.variant, "options.variant")};
  DependencyMatrix matrix;
  for (std::size_t i = 0; i < count; ++i)
    matrix.names.emplace_back(required_text((&required(names, "names"))[i], "names"));
  matrix.likelihood.assign(&required(likelihood, "likelihood"), likelihood + count * count);
  matrix.impact.assign(&required(impact, "impact"), impact + count * count);
  return predict_change(matrix, chosen);
}

}  // namespace
}  // namespace rapport::capi

using namespace rapport::capi;

rapport_status rapport_project_change_graph(rapport_project const* project,
                                            rapport_change_graph_options const* options,
                                            rapport_change_graph** out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const given = complete(options, rapport_change_graph_options RAPPORT_CHANGE_GRAPH_OPTIONS_INIT);
    rapport::PropagationRules rules;
    rules.depth = given.depth;
    rules.cutoff = given.cutoff;
    result = new rapport_change_graph{rapport::ChangeGraph(required(project, "project").value, rules)};
  });
}

rapport_status rapport_change_graph_certain(rapport_change_graph const* graph, char const* node,
                                            std::int32_t follow, std::int32_t depth, ArrowArrayStream* out,
                                            rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const from = rapport::parse_node(required_text(node, "node"));
    give(required(graph, "graph")
             .value.certain(from, follow_of(follow), depth == 0 ? rapport::ChangeGraph::any_depth : depth)
             .table(),
         result);
  });
}

rapport_status rapport_change_graph_probable(rapport_change_graph const* graph, char const* node,
                                             ArrowArrayStream* out, char** summary, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const reach =
        required(graph, "graph").value.probable(rapport::parse_node(required_text(node, "node")));
    auto table = reach.table();
    if (summary) *summary = copied(dumped(Json{{"visited", reach.visited}, {"abandoned", reach.abandoned}}));
    give(std::move(table), result);
  });
}

rapport_status rapport_change_graph_percolate(rapport_change_graph const* graph, char const* node,
                                              std::uint32_t trials, std::uint64_t seed, ArrowArrayStream* out,
                                              rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const found = required(graph, "graph")
                           .value.percolate(rapport::parse_node(required_text(node, "node")),
                                            {.trials = trials, .seed = seed});
    give(rapport::to_table(found), result);
  });
}

void rapport_change_graph_free(rapport_change_graph* graph) { delete graph; }

rapport_status rapport_predict_change(char const* const* names, std::size_t count, double const* likelihood,
                                      double const* impact, rapport_prediction_options const* options,
                                      ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    give(predicted(names, count, likelihood, impact, options).table(), result);
  });
}

rapport_status rapport_predict_roles(char const* const* names, std::size_t count, double const* likelihood,
                                     double const* impact, rapport_prediction_options const* options,
                                     double band, ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    give(predicted(names, count, likelihood, impact, options).role_table(band), result);
  });
}

rapport_status rapport_project_change_graph_under(rapport_project const* project, char const* assumptions,
                                                  rapport_change_graph** out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const rules = assumptions ? rapport::assess_options_from_document(assumptions).propagation
                                   : rapport::PropagationRules();
    result = new rapport_change_graph{rapport::ChangeGraph(required(project, "project").value, rules)};
  });
}

rapport_status rapport_change_graph_predict(rapport_change_graph const* graph, char const* const* kinds,
                                            size_t kind_count, std::int32_t variant,
                                            rapport_run_options const* options, ArrowArrayStream* out,
                                            rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const& of = required(graph, "graph").value;
    auto const chosen = complete(options, rapport_run_options RAPPORT_RUN_OPTIONS_INIT);
    auto only = kinds_of(kinds, kind_count);
    if (only.empty()) only = {rapport::FactKind::Requirement, rapport::FactKind::Deliverable};
    rapport::PredictionOptions const prediction{.depth = of.rules().depth,
                                                .cutoff = of.rules().cutoff,
                                                .variant = variant_of(variant, "argument variant")};
    give(rapport::predict_change(of.dependencies(only), prediction, run_control(chosen)).table(), result);
  });
}

rapport_status rapport_change_graph_roles(rapport_change_graph const* graph,
                                          rapport_role_options const* options, ArrowArrayStream* out,
                                          char** summary, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const given = complete(options, rapport_role_options RAPPORT_ROLE_OPTIONS_INIT);
    rapport::RoleOptions const chosen{.kinds = kinds_of(given.kinds, given.kind_count),
                                      .band = given.band,
                                      .most_branches = given.most_branches};
    auto const roles = required(graph, "graph").value.roles(chosen, run_control(given));
    auto table = roles.table();
    if (summary) *summary = copied(dumped(Json{{"depth", roles.depth}, {"branches", roles.branches}}));
    give(std::move(table), result);
  });
}
