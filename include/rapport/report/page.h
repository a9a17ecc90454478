#pragma once
// The report model of an impact, for the team: plain values chosen and sorted for reading.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rapport/impact/impact.h"
#include "rapport/model/project.h"
#include "rapport/notice/client_view.h"
#include "rapport/notice/notice.h"
#include "rapport/risk/register.h"

namespace rapport {

/// One row of the Gantt chart and of the table of moved activities.
struct MovedActivity {
  std::string key, name;
  ActivityKind kind = ActivityKind::Task;
  std::optional<Instant> start_before, finish_before, start_after, finish_after;
  Elapsed start_delta, finish_delta;
  std::optional<Work> float_before, float_after;
  double hours_per_day = 8;  ///< To show floats as days.
  bool newly_critical = false;
  bool critical_after = false;
  std::optional<ReworkKind> rework;  ///< The change itself bears on its work.
  friend bool operator==(MovedActivity const&, MovedActivity const&) = default;
};

/// A cost line with the names behind its keys.
struct PricedLine {
  CostLine line;
  std::string activity, resource, account;  ///< Names; empty where the line has none.
  friend bool operator==(PricedLine const&, PricedLine const&) = default;
};

/// A move of a risk with what a reader wants beside it.
struct RiskRow {
  RiskMove move;
  std::string title, owner, level_before, level_after;
  RiskEffect sign = RiskEffect::Threat;
  bool shared_with_client = false;
  friend bool operator==(RiskRow const&, RiskRow const&) = default;
};

struct ImpactPage {
  std::string project;
  ChangeRequest change;
  std::string requested_by;
  std::optional<Instant> data_date;
  Instant finish_before, finish_after;
  Elapsed finish_delta;
  Work finish_delta_work;
  double hours_per_day = 8;     ///< Of the calendar finish_delta_work is counted on.
  std::size_t moved_count = 0;  ///< Activities that move, of `activity_count`.
  std::size_t activity_count = 0;
  std::size_t newly_critical_count = 0;
  std::size_t not_shown_count = 0;  ///< Of what moves, beyond `activities`.

  /// The project's finish first, then contract milestones, then milestones that move, by date.
  std::vector<MilestoneDelta> milestones;
  std::vector<MovedActivity> activities;                ///< The most important ones, in order of their start.
  std::map<std::string, std::int32_t> grace_days;       ///< Of contract milestones that have some.
  std::vector<std::pair<FactKind, std::size_t>> reach;  ///< How many facts of each kind are touched.
  std::vector<Rework> reworks;
  std::map<NodeRef, std::string> names;  ///< Of what reworks, confirmations and unpriced lines name.

  std::optional<Money> cost_delta;
  std::vector<PricedLine> costs;  ///< Largest first.
  std::vector<Unpriced> unpriced;
  std::vector<PricedLine> discarded;

  bool work_assumed = false;  ///< Dates and cost, as far as they change, rest on a default of Rapport's.
  std::vector<QualityFigure> quality;
  std::vector<PhaseDefects> defects;
  std::vector<RepeatedTest> tests;
  std::vector<LapsedConfirmation> confirmations;

  Trail finish_trail;  ///< Empty when the finish does not move.
  Trail cost_trail;
  /// Early finishes of the activities on the trail before and after; "" is the project's.
  std::map<std::string, std::pair<Instant, Instant>> trail_finishes;
  std::vector<RiskRow> risks;
  RiskRegister reg;
  Notices notices;
  Diagnostics notes;
};

/// Chooses and sorts what a page shows. Most important: what the change itself bears on, then
/// milestones, then newly critical ones, then those that finish latest against before.
/// Cost: O(activities log activities).
[[nodiscard]] ImpactPage impact_page(Project const& project, Impact const& impact,
                                     NoticeOptions const& options = {}, std::size_t activities = 40);

}  // namespace rapport
