#include "rapport/impact/impact.h"

#include <algorithm>

#include "impact/parts.h"

namespace rapport {
namespace {

template <class Enum, std::size_t n>
std::string_view name(Enum value, std::array<std::string_view, n> const& names) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view name_of(ReworkKind kind) {
  return name(kind, std::array<std::string_view, 8>{"asked", "waiting", "open", "completed", "dropped",
                                                    "discarded", "added", "removed"});
}
std::string_view name_of(MilestoneKind kind) {
  return name(kind, std::array<std::string_view, 3>{"project", "activity", "contract"});
}
std::string_view name_of(CostCategory category) {
  return name(category, std::array<std::string_view, 12>{"labour", "equipment", "material", "expense",
                                                         "time_dependent", "rate", "test", "penalty", "bonus",
                                                         "overtime", "escalation", "discarded"});
}
std::string_view name_of(QualityMeasure measure) {
  return name(
      measure,
      std::array<std::string_view, 17>{
          "requirements_to_confirm", "tests_to_repeat", "test_effort", "changed_work", "defects_injected",
          "defects_removed", "defects_escaping", "defects_escaping_untested", "requirements_verified_before",
          "requirements_verified_after", "criteria_verified_before", "criteria_verified_after",
          "coverage_lost", "repair_effort", "escape_effort", "repair_cost", "escape_cost"});
}
std::string_view name_of(DefectPhase phase) {
  return name(phase, std::array<std::string_view, 6>{"review", "unit", "integration", "system", "acceptance",
                                                     "operation"});
}
std::string_view name_of(TrailStepKind kind) {
  return name(kind, std::array<std::string_view, 7>{"change", "node", "rework", "moved", "finish", "cost",
                                                    "quality"});
}

ChangeRequest const& Impact::change() const { return parts_->change; }
AssessOptions const& Impact::options() const { return parts_->options; }
Schedule const& Impact::before() const { return parts_->before; }
Schedule const& Impact::after() const { return parts_->after; }
std::vector<Reached> const& Impact::reached() const { return parts_->reached; }
std::vector<Rework> const& Impact::reworks() const { return parts_->reworks; }
Elapsed Impact::finish_delta() const { return parts_->finish_delta; }
Work Impact::finish_delta_work() const { return parts_->finish_delta_work; }
std::vector<ActivityDelta> const& Impact::activity_deltas() const { return parts_->activities; }
std::vector<MilestoneDelta> const& Impact::milestone_deltas() const { return parts_->milestones; }
std::vector<CostLine> const& Impact::cost_lines() const { return parts_->costs; }
std::optional<Money> Impact::cost_delta() const { return parts_->cost_delta; }
std::vector<Unpriced> const& Impact::unpriced() const { return parts_->unpriced; }
std::vector<CostLine> const& Impact::discarded() const { return parts_->discarded; }
std::vector<LapsedConfirmation> const& Impact::lapsed_confirmations() const { return parts_->lapsed; }
std::vector<RepeatedTest> const& Impact::repeated_tests() const { return parts_->tests; }
std::vector<QualityFigure> const& Impact::quality_figures() const { return parts_->quality; }
std::vector<DefectFlow> const& Impact::defect_flow() const { return parts_->defect_flow; }
std::vector<PhaseDefects> const& Impact::defect_phases() const { return parts_->defect_phases; }
Diagnostics const& Impact::notes() const { return parts_->notes; }

Reached const* Impact::find(NodeRef const& node) const {
  for (auto const& reached : parts_->reached)
    if (reached.node == node) return &reached;
  return nullptr;
}

QualityFigure const* Impact::find(QualityMeasure measure) const {
  for (auto const& figure : parts_->quality)
    if (figure.measure == measure) return &figure;
  return nullptr;
}

bool detail::work_assumed(Impact::Parts const& parts) {
  return std::any_of(parts.reworks.begin(), parts.reworks.end(),
                     [](Rework const& rework) { return rework.assumed; }) ||
         std::any_of(parts.quality.begin(), parts.quality.end(), [](QualityFigure const& figure) {
           return figure.measure == QualityMeasure::ChangedWork && figure.assumed;
         });
}

ContainmentMatrix Impact::containment_matrix() const {
  return detail::containment_matrix(parts_->defect_flow);
}

bool Impact::work_assumed() const { return detail::work_assumed(*parts_); }

std::vector<Reached> Impact::reached(FactKind kind) const {
  std::vector<Reached> of_kind;
  for (auto const& reached : parts_->reached)
    if (reached.node.kind == kind) of_kind.push_back(reached);
  return of_kind;
}

}  // namespace rapport
