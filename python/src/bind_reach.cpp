#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"
#include "plan.h"
#include "rapport/base/error.h"
#include "rapport/impact/change_graph.h"
#include "rapport/model/facts.h"

namespace rapport::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

using Matrix = std::vector<std::vector<double>>;

Follow follow_named(std::string const& name) {
  if (name == "change") return Follow::Change;
  if (name == "downstream") return Follow::Downstream;
  if (name == "upstream") return Follow::Upstream;
  throw InvalidInput("\"" + name +
                     "\" cannot be followed; follow \"change\", \"downstream\" or \"upstream\"");
}

std::vector<double> flat(Matrix const& matrix, std::size_t n, char const* name) {
  if (matrix.size() != n)
    throw InvalidInput(std::string(name) + " has " + std::to_string(matrix.size()) + " rows for " +
                       std::to_string(n) + " names");
  std::vector<double> all;
  for (auto const& row : matrix) {
    if (row.size() != n)
      throw InvalidInput("a row of " + std::string(name) + " has " + std::to_string(row.size()) +
                         " entries for " + std::to_string(n) + " names");
    all.insert(all.end(), row.begin(), row.end());
  }
  return all;
}

RiskVariant variant_named(std::string const& name) {
  if (name == "penultimate_node") return RiskVariant::PenultimateNode;
  if (name == "nested_tree") return RiskVariant::NestedTree;
  throw InvalidInput("risk has no variant \"" + name + "\"; use \"penultimate_node\" or \"nested_tree\"");
}

std::vector<FactKind> kinds_named(std::vector<std::string> const& names) {
  std::vector<FactKind> kinds;
  for (auto const& name : names) kinds.push_back(fact_kind(name));
  return kinds;
}

ChangePrediction predict(std::vector<std::string> const& names, Matrix const& likelihood,
                         Matrix const& impact, int depth, double cutoff, std::string const& variant) {
  auto const risk = variant_named(variant);
  DependencyMatrix matrix{.names = names,
                          .likelihood = flat(likelihood, names.size(), "likelihood"),
                          .impact = flat(impact, names.size(), "impact")};
  RunControl const control = run_control(py::none());
  py::gil_scoped_release const released;
  return predict_change(matrix, {.depth = depth, .cutoff = cutoff, .variant = risk}, control);
}

std::vector<std::string> role_names(ChangePrediction const& prediction, double band) {
  std::vector<std::string> names;
  for (auto const role : prediction.roles(band)) names.emplace_back(name_of(role));
  return names;
}

void bind_prediction(py::module_& module) {
  py::class_<ChangePrediction>(module, "ChangePrediction",
                               "Combined likelihood, impact and risk of every pair of components.")
      .def_property_readonly("table", &ChangePrediction::table,
                             "instigator, receiver, likelihood, impact, risk.")
      .def("likelihood", &ChangePrediction::likelihood_of, "receiver"_a, "instigator"_a)
      .def("risk", &ChangePrediction::risk_of, "receiver"_a, "instigator"_a)
      .def("roles", &role_names, py::kw_only(), "band"_a = 0.1,
           "absorber, carrier or multiplier for each component: its combined risk to others over that from "
           "others, below 1 - band, within it, above 1 + band (Eckert, Clarkson & Zanker 2004).")
      .def("role_table", &ChangePrediction::role_table, py::kw_only(), "band"_a = 0.1,
           "component, likelihood_out, likelihood_in, risk_out, risk_in (sums over all others), role.")
      .def_readonly("names", &ChangePrediction::names)
      .def("__repr__", [](ChangePrediction const& p) {
        return "<ChangePrediction of " + std::to_string(p.names.size()) + " components>";
      });
}

}  // namespace

void bind_reach(py::module_& module) {
  py::class_<ProbableReach>(module, "ProbableReach", "How likely each node is reached.")
      .def_property_readonly(
          "table", &ProbableReach::table,
          "kind, key, depth, likelihood (by the tree), strongest_path (alone), understated_by (what the "
          "cutoff took away, at most); the likeliest first.")
      .def_readonly("visited", &ProbableReach::visited, "Nodes of the tree that were looked at.")
      .def_readonly("abandoned", &ProbableReach::abandoned,
                    "Too many paths: likelihoods are those of the strongest path.")
      .def("__len__", [](ProbableReach const& r) { return r.nodes.size(); })
      .def("__repr__", [](ProbableReach const& r) {
        return "<ProbableReach of " + std::to_string(r.nodes.size()) + " nodes>";
      });

  py::class_<ChangeRoles>(module, "ChangeRoles", "Absorbers, carriers and multipliers of change.")
      .def_property_readonly(
          "table", &ChangeRoles::table,
          "kind, key, likelihood_out, likelihood_in, risk_out, risk_in (sums over all other nodes), role; "
          "what passes on most more than it takes in first, nodes that no risk passes last.")
      .def_readonly("depth", &ChangeRoles::depth, "Longest path in traces that was looked at.")
      .def_readonly("branches", &ChangeRoles::branches, "Of propagation trees, looked at.")
      .def("__len__", [](ChangeRoles const& r) { return r.nodes.size(); })
      .def("__repr__", [](ChangeRoles const& r) {
        return "<ChangeRoles of " + std::to_string(r.nodes.size()) + " nodes>";
      });

  // Before ChangeGraph, whose signatures name it.
  bind_prediction(module);

  py::class_<ChangeGraph> graph(
      module, "ChangeGraph",
      "The change-impact graph of a project, compiled once and asked often; see Project.change_graph.");
  graph.def("__len__", &ChangeGraph::node_count)
      .def_property_readonly("edge_count", &ChangeGraph::edge_count,
                             "Ways from node to node, both directions of a trace counted.")
      .def_property_readonly(
          "depth", [](ChangeGraph const& g) { return g.rules().depth; },
          "Longest path of the probable reach, in traces.")
      .def_property_readonly(
          "cutoff", [](ChangeGraph const& g) { return g.rules().cutoff; },
          "A path less likely than this is not followed further.")
      .def("__contains__", &ChangeGraph::contains)
      .def(
          "certain",
          [](ChangeGraph const& self, NodeRef const& node, std::string const& follow,
             std::optional<int> depth) {
            py::gil_scoped_release const released;
            return self.certain(node, follow_named(follow), depth.value_or(ChangeGraph::any_depth)).table();
          },
          "node"_a, py::kw_only(), "follow"_a = "change", "depth"_a = py::none(),
          "Everything that can be touched within `depth` traces, with the shortest path to each and, when "
          "change is followed, the strongest.\n\n`follow`: \"change\" goes every way that change can pass, "
          "\"downstream\" from what a trace comes from to what it leads to, \"upstream\" back. Raises "
          "NotFound, InvalidInput.")
      .def(
          "probable",
          [](ChangeGraph const& self, NodeRef const& node) {
            py::gil_scoped_release const released;
            return self.probable(node);
          },
          "node"_a,
          "How likely each node is reached within the depth of the graph, by the propagation tree of "
          "Clarkson, Simons & Eckert (2004). Raises NotFound.")
      .def(
          "percolate",
          [](ChangeGraph const& self, NodeRef const& node, std::uint32_t trials, std::uint64_t seed,
             py::object const& progress) {
            RunControl const control = run_control(progress);
            py::gil_scoped_release const released;
            return to_table(self.percolate(node, {.trials = trials, .seed = seed}, control));
          },
          "node"_a, py::kw_only(), "trials"_a = 10'000, "seed"_a = 1, "progress"_a = py::none(),
          "The exact probability that each node is reached when every trace passes change or not, "
          "independently of the others; sampled, with its standard error. The same on every machine. "
          "Raises NotFound, InvalidInput.")
      .def(
          "roles",
          [](ChangeGraph const& self, std::vector<std::string> const& kinds, double band,
             std::uint64_t most_branches, py::object const& progress) {
            RoleOptions const options{
                .kinds = kinds_named(kinds), .band = band, .most_branches = most_branches};
            RunControl const control = run_control(progress);
            py::gil_scoped_release const released;
            return self.roles(options, control);
          },
          py::kw_only(), "kinds"_a = std::vector<std::string>(), "band"_a = 0.1,
          "most_branches"_a = RoleOptions().most_branches, "progress"_a = py::none(),
          "Absorbers, carriers and multipliers of change (Eckert, Clarkson & Zanker 2004): the combined risk "
          "of "
          "a node to all others over that of all others to it, below 1 - band, within it, above 1 + band.\n\n"
          "`kinds`: only nodes of these and what passes between them, such as [\"requirement\"]; none: all. "
          "Where the propagation trees may have more than `most_branches` branches, all nodes are asked to a "
          "lesser depth alike; `depth` of the result says which. Raises NotFound (kinds), InvalidInput, "
          "Cancelled.")
      .def(
          "predict",
          [](ChangeGraph const& self, std::vector<std::string> const& kinds, std::string const& variant,
             py::object const& progress) {
            PredictionOptions const options{.depth = self.rules().depth,
                                            .cutoff = self.rules().cutoff,
                                            .variant = variant_named(variant)};
            auto const only = kinds_named(kinds);
            RunControl const control = run_control(progress);
            py::gil_scoped_release const released;
            return predict_change(self.dependencies(only), options, control);
          },
          py::kw_only(), "kinds"_a = std::vector<std::string>{"requirement", "deliverable"},
          "variant"_a = "penultimate_node", "progress"_a = py::none(),
          "The Change Prediction Method on the nodes of `kinds` (none: all), 500 at most, and what passes "
          "between two of them without a third, within the depth and cutoff of the graph; see "
          "predict_change. Raises NotFound (kinds), InvalidInput, Cancelled.")
      .def("__repr__", [](ChangeGraph const& g) {
        return "<ChangeGraph of " + std::to_string(g.node_count()) + " nodes>";
      });

  auto project = module.attr("Project");
  project.attr("change_graph") = py::cpp_function(
      [](SharedProject const& self, std::optional<int> depth, std::optional<double> cutoff,
         py::object const& assumptions) {
        PropagationRules rules = assess_options(assumptions).propagation;
        if (depth) rules.depth = *depth;
        if (cutoff) rules.cutoff = *cutoff;
        return ChangeGraph(*self.project, rules);
      },
      py::name("change_graph"), py::is_method(project), py::kw_only(), "depth"_a = py::none(),
      "cutoff"_a = py::none(), "assumptions"_a = py::none(),
      "The graph of who and what a change can touch. `depth` and `cutoff` bound the probable reach: the "
      "longest path in traces (4), and the likelihood below which a path is not followed (0.0001). "
      "`assumptions` as for assess: how each type of trace passes change, and the other two where they are "
      "not given here. Raises InvalidInput, ParseError.");

  module.def(
      "predict_change", &predict, "names"_a, "likelihood"_a, "impact"_a, py::kw_only(), "depth"_a = 4,
      "cutoff"_a = 0.0, "variant"_a = "penultimate_node",
      "The Change Prediction Method (Clarkson, Simons & Eckert 2004) on square matrices: row receives, "
      "column instigates. `variant` says how risk is combined: \"penultimate_node\" as in the paper, "
      "\"nested_tree\" as likelihood is. Raises InvalidInput.");
}

}  // namespace rapport::python
