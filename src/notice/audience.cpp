#include "notice/audience.h"

#include <algorithm>
#include <array>
#include <set>

#include "notice/naming.h"

namespace rapport {
namespace {

/// Words by which people say what they want to hear about.
constexpr std::array date_words{"dates", "date", "schedule", "time", "deadline", "进度", "工期", "日期"};
constexpr std::array cost_words{"cost", "costs", "money", "budget", "price", "成本", "费用", "预算", "价格"};
constexpr std::array quality_words{"quality", "tests", "defects", "质量", "测试"};

template <std::size_t N>
bool wants(Stakeholder const& who, std::array<char const*, N> const& words) {
  return std::ranges::any_of(who.concerns, [&](std::string concern) {
    for (char& c : concern)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return std::ranges::count(words, std::string_view(concern)) > 0;
  });
}

class Gathering {
 public:
  Gathering(Project const& project, Impact const& impact) : project_(project), impact_(impact) {
    for (Reached const& reached : impact.reached())
      if (is_touched(impact, reached)) touched_.insert(reached.node);
    for (Rework const& rework : impact.reworks()) touched_.insert({FactKind::Activity, rework.activity});
    add_branches(touched_);
    for (ActivityDelta const& delta : impact.activity_deltas())
      if (delta.moved()) moving_.insert({FactKind::Activity, delta.key});
    add_branches(moving_);
  }

  void approvers(Diagnostics& diagnostics);
  void duties();
  void owners();
  void traces();
  void confirmations();
  void concerns(double high_power);
  [[nodiscard]] Audience take() { return std::move(audience_); }

 private:
  void add(std::string const& who, Because because) {
    if (who.empty() || !project_.find<Stakeholder>(who)) return;
    if (because.node && because.name.empty()) because.name = name_of(project_, *because.node);
    auto& held = audience_[who];
    if (!std::ranges::count(held, because)) held.push_back(std::move(because));
  }
  void add(std::string const& who, NoticeReason reason, NodeRef node) {
    add(who, Because{reason, std::move(node), {}, 0, {}});
  }

  /// A duty on a branch of the WBS is a duty on what lies in it.
  void add_branches(std::set<NodeRef>& nodes) const {
    std::set<NodeRef> branches;
    for (NodeRef const& node : nodes) {
      if (node.kind != FactKind::Activity) continue;
      auto const* activity = project_.find<Activity>(node.key);
      if (!activity) continue;
      for (std::string key = activity->wbs; !key.empty();) {
        auto const* branch = project_.find<WbsNode>(key);
        if (!branch || !branches.insert({FactKind::WbsNode, key}).second) break;
        key = branch->parent;
      }
    }
    nodes.merge(branches);
  }

  Project const& project_;
  Impact const& impact_;
  std::set<NodeRef> touched_, moving_;
  Audience audience_;
};

void Gathering::approvers(Diagnostics& diagnostics) {
  ImpactSize const size = size_of(impact_);
  auto const& limits = project_.facts().approval_limits;
  Approval const approval = approval_of(limits, size);
  for (std::string const& who : approval.approvers)
    add(who, Because{approval.reason, {}, {}, size.delay_days, size.cost});

  std::string const subject = "change " + impact_.change().key;
  if (limits.empty()) {
    diagnostics.push_back({Severity::Warning,
                           {},
                           0,
                           0,
                           subject,
                           "no approval limit is known",
                           "nobody is asked to approve; add approval_limits to the facts"});
  } else if (approval.approvers.empty()) {
    diagnostics.push_back({Severity::Warning,
                           {},
                           0,
                           0,
                           subject,
                           "the impact passes every approval limit",
                           "nobody is asked to approve; add an approver without a limit"});
  }
  if (!impact_.unpriced().empty() && !limits.empty())
    diagnostics.push_back({Severity::Warning,
                           {},
                           0,
                           0,
                           subject,
                           "a part of the change has no price",
                           "the approver was chosen by the part that has one"});
}

void Gathering::duties() {
  for (Responsibility const& duty : project_.facts().responsibilities) {
    if (touched_.contains(duty.node)) {
      static constexpr std::array reasons{NoticeReason::Responsible, NoticeReason::Accountable,
                                          NoticeReason::Consulted, NoticeReason::Informed};
      add(duty.stakeholder, reasons.at(static_cast<std::size_t>(duty.duty)), duty.node);
    } else if (moving_.contains(duty.node)) {
      add(duty.stakeholder, NoticeReason::ActivityMoves, duty.node);
    }
  }
}

void Gathering::owners() {
  add(impact_.change().by, Because{NoticeReason::Requester, {}, {}, 0, {}});
  for (NodeRef const& node : touched_) {
    if (auto const* requirement =
            node.kind == FactKind::Requirement ? project_.find<Requirement>(node.key) : nullptr) {
      add(requirement->owner, NoticeReason::RequirementOwner, node);
      if (requirement->source) add(requirement->source->stakeholder, NoticeReason::RequirementSource, node);
    } else if (auto const* deliverable =
                   node.kind == FactKind::Deliverable ? project_.find<Deliverable>(node.key) : nullptr) {
      add(deliverable->owner, NoticeReason::DeliverableOwner, node);
    } else if (auto const* risk = node.kind == FactKind::Risk ? project_.find<Risk>(node.key) : nullptr) {
      if (risk->status == RiskStatus::Open) add(risk->owner, NoticeReason::RiskOwner, node);
    }
  }
}

void Gathering::traces() {
  for (Trace const& trace : project_.facts().traces)
    if (trace.type == TraceType::Concerns && touched_.contains(trace.from) && touched_.contains(trace.to))
      add(trace.to.key, NoticeReason::ConcernTrace, trace.from);
}

void Gathering::confirmations() {
  for (LapsedConfirmation const& lapsed : impact_.lapsed_confirmations())
    add(lapsed.by, NoticeReason::MustConfirm, {FactKind::Requirement, lapsed.requirement});
}

void Gathering::concerns(double high_power) {
  bool const dates = std::ranges::any_of(impact_.milestone_deltas(),
                                         [](MilestoneDelta const& m) { return m.delta != Elapsed{}; });
  bool const cost = (impact_.cost_delta() && impact_.cost_delta()->minor != 0) || !impact_.unpriced().empty();
  bool const quality = !impact_.repeated_tests().empty() || !impact_.lapsed_confirmations().empty();
  for (Stakeholder const& who : project_.facts().stakeholders) {
    auto const tell = [&](NoticeReason reason) { add(who.key, Because{reason, {}, {}, 0, {}}); };
    if (dates && wants(who, date_words)) tell(NoticeReason::ConcernDates);
    if (cost && wants(who, cost_words)) tell(NoticeReason::ConcernCost);
    if (quality && wants(who, quality_words)) tell(NoticeReason::ConcernQuality);
    if ((dates || cost) && who.side == Side::Client && who.power >= high_power)
      tell(NoticeReason::HighPowerClient);
  }
}

}  // namespace

Audience audience_of(Project const& project, Impact const& impact, double high_power,
                     Diagnostics& diagnostics) {
  Gathering gathering(project, impact);
  gathering.approvers(diagnostics);
  gathering.confirmations();
  gathering.duties();
  gathering.owners();
  gathering.traces();
  gathering.concerns(high_power);
  return gathering.take();
}

}  // namespace rapport
