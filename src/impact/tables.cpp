#include <functional>

#include "base/number_text.h"
#include "impact/parts.h"
#include "rapport/model/names.h"

namespace rapport {
namespace {

/// Collects columns from rows of one type.
template <class Row>
class Columns {
 public:
  Columns(std::string name, std::vector<Row> const& rows) : table_(std::move(name)), rows_(rows) {}

  template <class Get>
  Columns& add(std::string name, Get get, std::string unit = {}) {
    using Cell = std::remove_cvref_t<std::invoke_result_t<Get, Row const&>>;
    std::vector<Cell> cells;
    cells.reserve(rows_.size());
    for (auto const& row : rows_) cells.push_back(get(row));
    table_.add(std::move(name), cells, std::move(unit));
    return *this;
  }

  [[nodiscard]] Table done() && { return std::move(table_); }

 private:
  Table table_;
  std::vector<Row> const& rows_;
};

std::string text(Path const& path) { return detail::to_text(path); }

std::optional<std::string> text(std::string const& value) {
  if (value.empty()) return std::nullopt;
  return value;
}

/// Clock time as minutes, exact to the second.
double in_minutes(Elapsed elapsed) { return static_cast<double>(elapsed.seconds) / 60; }
double in_minutes(Work work) { return static_cast<double>(work.seconds) / 60; }

Table cost_table(std::string name, std::vector<CostLine> const& lines) {
  Columns<CostLine> columns(std::move(name), lines);
  columns.add("category", [](auto const& r) { return std::string(name_of(r.category)); })
      .add("amount", [](auto const& r) { return r.amount; })
      .add("activity", [](auto const& r) { return text(r.activity); })
      .add("resource", [](auto const& r) { return text(r.resource); })
      .add("account", [](auto const& r) { return text(r.account); })
      .add("subject", [](auto const& r) { return text(r.subject); })
      .add(
          "work_hours",
          [](auto const& r) { return r.work ? std::optional(r.work->in_hours()) : std::nullopt; }, "h")
      .add("rate_per_hour",
           [](auto const& r) { return r.rate ? std::optional(r.rate->in_major()) : std::nullopt; })
      .add("quantity", [](auto const& r) { return r.quantity; })
      .add("assumed", [](auto const& r) { return r.assumed; })
      .add("reason", [](auto const& r) { return r.reason; });
  return std::move(columns).done();
}

}  // namespace

Table Impact::activities(bool all) const {
  std::vector<ActivityDelta> rows;
  for (auto const& delta : parts_->activities)
    if (all || delta.moved() || delta.total_float.seconds != 0 || delta.free_float.seconds != 0 ||
        delta.late_start.seconds != 0 || delta.late_finish.seconds != 0)
      rows.push_back(delta);
  Columns<ActivityDelta> columns("impact_activities", rows);
  columns.add("key", [](auto const& r) { return r.key; })
      .add("name", [](auto const& r) { return r.name; })
      .add("kind", [](auto const& r) { return std::string(to_name(r.kind)); });
  auto const dated = [&](std::string const& name, Instant ActivityDates::*field,
                         Elapsed ActivityDelta::*delta) {
    columns
        .add(name + "_before",
             [=](auto const& r) { return r.before ? std::optional(r.before.value().*field) : std::nullopt; })
        .add(name + "_after",
             [=](auto const& r) { return r.after ? std::optional(r.after.value().*field) : std::nullopt; })
        .add(
            name + "_delta_minutes", [=](auto const& r) { return in_minutes(r.*delta); }, "min");
  };
  dated("early_start", &ActivityDates::early_start, &ActivityDelta::early_start);
  dated("early_finish", &ActivityDates::early_finish, &ActivityDelta::early_finish);
  dated("late_start", &ActivityDates::late_start, &ActivityDelta::late_start);
  dated("late_finish", &ActivityDates::late_finish, &ActivityDelta::late_finish);
  auto const floats = [&](std::string const& name, Work ActivityDates::*field, Work ActivityDelta::*delta) {
    columns
        .add(
            name + "_before_minutes",
            [=](auto const& r) {
              return r.before ? std::optional(in_minutes(r.before.value().*field)) : std::nullopt;
            },
            "min")
        .add(
            name + "_after_minutes",
            [=](auto const& r) {
              return r.after ? std::optional(in_minutes(r.after.value().*field)) : std::nullopt;
            },
            "min")
        .add(
            name + "_delta_minutes", [=](auto const& r) { return in_minutes(r.*delta); }, "min");
  };
  floats("total_float", &ActivityDates::total_float, &ActivityDelta::total_float);
  floats("free_float", &ActivityDates::free_float, &ActivityDelta::free_float);
  columns
      .add("critical_before",
           [](auto const& r) { return r.before ? std::optional(r.before->critical) : std::nullopt; })
      .add("critical_after",
           [](auto const& r) { return r.after ? std::optional(r.after->critical) : std::nullopt; })
      .add("newly_critical", [](auto const& r) { return r.newly_critical; })
      .add("no_longer_critical", [](auto const& r) { return r.no_longer_critical; });
  return std::move(columns).done();
}

Table Impact::milestones() const {
  Columns<MilestoneDelta> columns("impact_milestones", parts_->milestones);
  columns.add("kind", [](auto const& r) { return std::string(name_of(r.kind)); })
      .add("key", [](auto const& r) { return r.key; })
      .add("name", [](auto const& r) { return r.name; })
      .add("activity", [](auto const& r) { return text(r.activity); })
      .add("before", [](auto const& r) { return r.before; })
      .add("after", [](auto const& r) { return r.after; })
      .add(
          "delta_minutes", [](auto const& r) { return in_minutes(r.delta); }, "min")
      .add("due", [](auto const& r) { return r.due; })
      .add(
          "late_before_minutes", [](auto const& r) { return in_minutes(r.late_before); }, "min")
      .add(
          "late_after_minutes", [](auto const& r) { return in_minutes(r.late_after); }, "min")
      .add("assumed", [](auto const& r) { return r.assumed; });
  return std::move(columns).done();
}

Table Impact::costs() const { return cost_table("impact_costs", parts_->costs); }
Table Impact::discarded_costs() const { return cost_table("impact_discarded_costs", parts_->discarded); }

Table Impact::quality() const {
  Columns<QualityFigure> columns("impact_quality", parts_->quality);
  columns.add("measure", [](auto const& r) { return std::string(name_of(r.measure)); })
      .add("value", [](auto const& r) { return r.value; })
      .add("unit", [](auto const& r) { return r.unit; })
      .add("model", [](auto const& r) { return r.model; })
      .add("assumed", [](auto const& r) { return r.assumed; })
      .add("inputs", [](auto const& r) {
        std::string all;
        for (auto const& input : r.inputs)
          all += (all.empty() ? "" : "; ") + input.name + " = " + short_text(input.value) +
                 (input.unit.empty() ? "" : " " + input.unit) + " (" + (input.assumed ? "assumed: " : "") +
                 input.source + ")";
        return all;
      });
  return std::move(columns).done();
}

Table Impact::defects() const {
  Columns<DefectFlow> columns("impact_defects", parts_->defect_flow);
  columns.add("activity", [](auto const& r) { return r.activity; })
      .add("phase", [](auto const& r) { return std::string(name_of(r.phase)); })
      .add("test", [](auto const& r) { return text(r.test); })
      .add("when", [](auto const& r) { return r.when; })
      .add("present", [](auto const& r) { return r.present; })
      .add("efficiency", [](auto const& r) { return r.efficiency; })
      .add("removed", [](auto const& r) { return r.removed; })
      .add("assumed", [](auto const& r) { return r.assumed; });
  return std::move(columns).done();
}

Table Impact::defects_by_phase() const {
  Columns<PhaseDefects> columns("impact_defects_by_phase", parts_->defect_phases);
  columns.add("phase", [](auto const& r) { return std::string(name_of(r.phase)); })
      .add("injected", [](auto const& r) { return r.injected; })
      .add("removed", [](auto const& r) { return r.removed; })
      .add("escaping", [](auto const& r) { return r.escaping; })
      .add("effectiveness", [](auto const& r) { return r.effectiveness; })
      .add(
          "repair_hours", [](auto const& r) { return r.repair_hours; }, "h")
      .add("repair_cost", [](auto const& r) { return r.repair_cost; })
      .add("assumed", [](auto const& r) { return r.assumed; });
  return std::move(columns).done();
}

Table Impact::reach() const {
  Columns<Reached> columns("impact_reach", parts_->reached);
  columns.add("kind", [](auto const& r) { return std::string(name_of(r.node.kind)); })
      .add("key", [](auto const& r) { return r.node.key; })
      .add("label",
           [&](auto const& r) {
             auto const known = parts_->labels.find(r.node);
             return known == parts_->labels.end() ? std::string() : known->second;
           })
      .add("likelihood", [](auto const& r) { return r.likelihood.value(); })
      .add("share", [](auto const& r) { return r.share; })
      .add("depth", [](auto const& r) { return r.depth; })
      .add("counted", [](auto const& r) { return r.counted; })
      .add("strongest_path", [](auto const& r) { return text(r.strongest); })
      .add("shortest_path", [](auto const& r) { return text(r.shortest); });
  return std::move(columns).done();
}

Table Impact::rework() const {
  Columns<Rework> columns("impact_rework", parts_->reworks);
  columns.add("kind", [](auto const& r) { return std::string(name_of(r.kind)); })
      .add("activity", [](auto const& r) { return r.activity; })
      .add("rework_activity", [](auto const& r) { return text(r.rework_activity); })
      .add("share", [](auto const& r) { return r.share; })
      .add(
          "duration_minutes", [](auto const& r) { return in_minutes(r.duration); }, "min")
      .add(
          "effort_hours", [](auto const& r) { return r.effort.in_hours(); }, "h")
      .add("assumed", [](auto const& r) { return r.assumed; })
      .add("reason", [](auto const& r) { return r.reason; });
  return std::move(columns).done();
}

}  // namespace rapport
