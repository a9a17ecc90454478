// Defects that changed work brings in, and what the verification steps still to come let through: for
// each activity the tests that cover its work, in the order in which the plan with the change runs them.

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "impact/parts.h"
#include "schedule/schedule_rows.h"

namespace rapport::detail {
namespace {

constexpr char const* kan = "defect flow with removal efficiencies (Kan 2002, ch. 6)";
constexpr char const* repair = "defects found × effort to mend one (Pressman, 5th ed., table 8.1)";
constexpr std::size_t phase_count = 6;

/// Tests that cover an activity: they verify it, or something it exists because of.
std::vector<std::uint32_t> covering_tests(TraceGraph const& graph, std::uint32_t activity) {
  std::vector<std::uint32_t> open = {activity}, tests;
  std::unordered_set<std::uint32_t> seen = {activity};
  while (!open.empty()) {
    auto const at = open.back();
    open.pop_back();
    for (auto const& edge : graph.out(at))
      if (edge.supports && graph.node(edge.to).kind == FactKind::Test && seen.insert(edge.to).second)
        tests.push_back(edge.to);
    for (auto const up : graph.supporters(at))
      if (seen.insert(up).second) open.push_back(up);
  }
  return tests;
}

/// A run of a test that is still to come.
struct Step {
  Test const* test = nullptr;
  std::optional<Instant> when;  ///< Absent: no activity is named, so nobody knows.
};

class DefectAppraisal {
 public:
  DefectAppraisal(Context const& context, std::vector<QualityInput> const& work, Impact::Parts& parts)
      : context_(context), work_(work), parts_(parts) {
    for (auto const& test : parts.tests)
      if (test.already_run) again_.insert(test.test);
    for (auto const& rework : parts.reworks)
      if (!rework.rework_activity.empty()) rework_key_.emplace(rework.activity, rework.rework_activity);
  }

  void write() {
    auto const& rate = context_.options.quality.injected_per_hour;
    inputs_ = {
        {"defects injected by an hour of changed work", rate.value, rate.unit, rate.source, rate.assumed}};
    inputs_.insert(inputs_.end(), work_.begin(), work_.end());
    auto const injected_by = inputs_;
    bool const can_escape = !context_.project.facts().tests.empty();
    double hours = 0, injected = 0, escaping = 0, untested = 0;
    for (auto const& rework : parts_.reworks) {
      // A test that runs again changes nothing; work that falls away brings no defect.
      Work const work = rework.effort.seconds != 0 ? rework.effort : rework.duration;
      bool const changes =
          rework.kind == ReworkKind::Asked || rework.kind == ReworkKind::Added || rework.share > 0;
      if (work.seconds <= 0 || !changes) continue;
      hours += work.in_hours();
      double const brought = work.in_hours() * rate.value;
      injected += brought;
      if (!can_escape) continue;
      auto const steps = steps_after(rework);
      double const left = pass(rework.activity, brought, steps);
      escaping += left;
      if (steps.empty()) untested += left;
    }
    add(QualityMeasure::ChangedWork, hours, "h", "sum of the work changed, redone or added", work_);
    add(QualityMeasure::DefectsInjected, injected, "defects", kan, injected_by);
    if (!can_escape) return;  // without tests, nothing can be said of what escapes
    add(QualityMeasure::DefectsRemoved, injected - escaping, "defects", kan, inputs_);
    add(QualityMeasure::DefectsEscaping, escaping, "defects", kan, inputs_);
    add(QualityMeasure::DefectsEscapingUntested, untested, "defects", kan, injected_by);
    if (injected > 0) phases();
  }

 private:
  void add(QualityMeasure measure, double value, std::string unit, std::string model,
           std::vector<QualityInput> inputs) {
    parts_.quality.push_back(figure_of(measure, value, std::move(unit), std::move(model), std::move(inputs)));
  }

  [[nodiscard]] std::optional<Instant> finish(std::string const& activity) const {
    auto const redone = rework_key_.find(activity);
    auto const dates =
        ScheduleRows(parts_.after).dates(redone == rework_key_.end() ? activity : redone->second);
    if (!dates) return std::nullopt;
    return dates->early_finish;
  }

  /// Runs that see the work: those not yet done, or done again, that do not end before it does.
  std::vector<Step> steps_after(Rework const& rework) const {
    std::vector<Step> steps;
    auto const node = context_.graph.find({FactKind::Activity, rework.activity});
    if (!node) return steps;
    auto const done = finish(rework.activity);
    for (auto const t : covering_tests(context_.graph, *node)) {
      auto const* test = context_.project.find<Test>(context_.graph.node(t).key);
      if (!test || parts_.fallen.contains(context_.graph.node(t))) continue;
      auto const index = context_.network().find(test->activity);
      bool const to_come = index && !context_.network().completed(*index);
      if (!to_come && !again_.contains(test->key)) continue;
      auto const when = index ? finish(test->activity) : std::nullopt;
      if (index && !when) continue;  // Its activity is not done any more.
      if (when && done && *when < *done) continue;
      steps.push_back({test, when});
    }
    std::sort(steps.begin(), steps.end(), [](Step const& a, Step const& b) {
      return std::tuple(!a.when, a.when.value_or(Instant{}), a.test->level, a.test->key) <
             std::tuple(!b.when, b.when.value_or(Instant{}), b.test->level, b.test->key);
    });
    return steps;
  }

  /// Share of the defects present that one run of the test finds.
  QualityInput efficiency(Test const& test) const {
    if (test.removal_efficiency)
      return {"removal efficiency of " + test.key, *test.removal_efficiency, "", "facts of test " + test.key,
              false};
    auto const& level = context_.options.quality.removal_efficiency[static_cast<std::size_t>(test.level)];
    return {"removal efficiency of " + test.key, level.value, "", level.source, level.assumed};
  }

  /// What is left after all steps.
  double pass(std::string const& activity, double present, std::vector<Step> const& steps) {
    bool assumed =
        std::any_of(inputs_.begin(), inputs_.begin() + static_cast<std::ptrdiff_t>(1 + work_.size()),
                    [](QualityInput const& input) { return input.assumed; });
    for (auto const& step : steps) {
      auto input = efficiency(*step.test);
      assumed |= input.assumed;
      double const removed = present * input.value;
      parts_.defect_flow.push_back({.activity = activity,
                                    .test = step.test->key,
                                    .phase = static_cast<DefectPhase>(step.test->level),
                                    .when = step.when,
                                    .present = present,
                                    .efficiency = input.value,
                                    .removed = removed,
                                    .assumed = assumed});
      present -= removed;
      if (listed_.insert(step.test->key).second) inputs_.push_back(std::move(input));
    }
    parts_.defect_flow.push_back({.activity = activity,
                                  .test = {},
                                  .phase = DefectPhase::Operation,
                                  .when = {},
                                  .present = present,
                                  .efficiency = 1,
                                  .removed = present,
                                  .assumed = assumed});
    return present;
  }

  /// The mean price of an hour of the work that the change brings, where all of it has one.
  [[nodiscard]] std::optional<Money> hourly() const {
    Money sum;
    double hours = 0;
    for (auto const& line : parts_.costs) {
      if (line.category != CostCategory::Labour || !line.work || line.work->seconds <= 0) continue;
      if (hours > 0 && line.amount.currency != sum.currency) return std::nullopt;
      sum.currency = line.amount.currency;
      sum.minor += line.amount.minor;
      hours += line.work->in_hours();
    }
    if (hours <= 0) return std::nullopt;
    sum.minor = std::llround(static_cast<double>(sum.minor) / hours);
    return sum;
  }

  [[nodiscard]] Assumption const& effort_in(DefectPhase phase) const {
    return context_.options.quality.repair_effort[static_cast<std::size_t>(phase)];
  }

  /// By phase, in order: those with a test that sees changed work, and operation.
  [[nodiscard]] std::vector<PhaseDefects> found_in_phases() const {
    auto const matrix = containment_matrix(parts_.defect_flow);
    auto const contained = containment(matrix);
    std::array<bool, phase_count> seen{}, assumed{};
    for (auto const& flow : parts_.defect_flow) {
      seen[static_cast<std::size_t>(flow.phase)] = true;
      assumed[static_cast<std::size_t>(flow.phase)] |= flow.assumed;
    }
    std::vector<PhaseDefects> found;
    for (std::size_t p = 0; p < phase_count; ++p) {
      bool const operation = p + 1 == phase_count;
      if (!seen[p] && !operation) continue;
      PhaseDefects phase;
      phase.phase = static_cast<DefectPhase>(p);
      if (operation) {
        for (std::size_t origin = 0; origin < phase_count; ++origin)
          phase.removed += matrix.count[p * phase_count + origin];
        phase.injected = matrix.count.back();
      } else {
        phase.injected = contained[p].injected;
        phase.removed = contained[p].removed;
        phase.escaping = contained[p].escaping + matrix.count.back();
        phase.effectiveness = contained[p].effectiveness;
      }
      phase.assumed = assumed[p] || effort_in(phase.phase).assumed;
      found.push_back(std::move(phase));
    }
    return found;
  }

  void phases() {
    auto const rate = hourly();
    auto found = found_in_phases();
    std::vector<FoundDefects> counted;
    for (auto const& phase : found)
      counted.push_back({std::string(name_of(phase.phase)), phase.removed, effort_in(phase.phase).value});
    auto const hours = defect_costs(counted);
    std::optional<Money> repair_cost, escape_cost;
    if (rate) repair_cost = escape_cost = Money{0, rate->currency};
    std::vector<QualityInput> repair_inputs = inputs_, escape_inputs = inputs_;
    for (std::size_t i = 0; i < found.size(); ++i) {
      bool const operation = i + 1 == found.size();
      auto& phase = found[i];
      phase.repair_hours = hours[i].cost;
      if (rate) {
        phase.repair_cost =
            Money{std::llround(static_cast<double>(rate->minor) * phase.repair_hours), rate->currency};
        *(operation ? escape_cost : repair_cost) += *phase.repair_cost;
      }
      auto const& effort = effort_in(phase.phase);
      (operation ? escape_inputs : repair_inputs)
          .push_back({"effort to mend a defect found in " + std::string(name_of(phase.phase)), effort.value,
                      effort.unit, effort.source, effort.assumed});
    }
    std::span<DefectCost const> const all = hours;
    add(QualityMeasure::RepairEffort, total_cost(all.first(all.size() - 1)), "h", repair, repair_inputs);
    add(QualityMeasure::EscapeEffort, all.back().cost, "h", repair, escape_inputs);
    parts_.defect_phases = std::move(found);
    if (!rate) return;
    std::string const currency(rate->currency.code());
    for (auto* inputs : {&repair_inputs, &escape_inputs})
      inputs->push_back({"mean price of an hour of the changed work", rate->in_major(), currency + "/h",
                         "rates of the resources of the changed work", false});
    add(QualityMeasure::RepairCost, repair_cost->in_major(), currency, repair, std::move(repair_inputs));
    add(QualityMeasure::EscapeCost, escape_cost->in_major(), currency, repair, std::move(escape_inputs));
  }

  Context const& context_;
  std::vector<QualityInput> const& work_;
  Impact::Parts& parts_;
  std::unordered_set<std::string> again_, listed_;
  std::unordered_map<std::string, std::string> rework_key_;
  std::vector<QualityInput> inputs_;  ///< The rate, what the work rests on, then efficiencies.
};

}  // namespace

QualityFigure figure_of(QualityMeasure measure, double value, std::string unit, std::string model,
                        std::vector<QualityInput> inputs) {
  bool const assumed = std::any_of(inputs.begin(), inputs.end(), [](auto const& i) { return i.assumed; });
  return {measure, value, std::move(unit), std::move(model), std::move(inputs), assumed};
}

ContainmentMatrix containment_matrix(std::vector<DefectFlow> const& flow) {
  ContainmentMatrix matrix;
  for (std::size_t p = 0; p < phase_count; ++p)
    matrix.found.emplace_back(name_of(static_cast<DefectPhase>(p)));
  matrix.origins = matrix.found;
  matrix.count.assign(phase_count * phase_count, 0);
  // One passage of an activity's defects ends in operation; the phase that could find them first is
  // the earliest by level, because a later level may run before an earlier one.
  for (std::size_t first = 0; first < flow.size();) {
    std::size_t last = first;
    auto origin = DefectPhase::Operation;
    for (;; ++last) {
      origin = std::min(origin, flow[last].phase);
      if (flow[last].phase == DefectPhase::Operation) break;
    }
    for (; first <= last; ++first)
      matrix.count[static_cast<std::size_t>(flow[first].phase) * phase_count +
                   static_cast<std::size_t>(origin)] += flow[first].removed;
  }
  return matrix;
}

void fill_defects(Context const& context, std::vector<QualityInput> const& work, Impact::Parts& parts) {
  DefectAppraisal(context, work, parts).write();
}

}  // namespace rapport::detail
