#include "rapport/model/change_state.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <tuple>

#include "base/number_text.h"
#include "rapport/model/names.h"

namespace rapport {
namespace {

using S = ChangeStatus;

constexpr S after_draft[] = {S::Submitted};
constexpr S after_submitted[] = {S::Draft, S::Analysed};
constexpr S after_analysed[] = {S::Submitted, S::Reviewed};
constexpr S after_reviewed[] = {S::Submitted, S::Approved, S::Rejected, S::Deferred};
constexpr S after_approved[] = {S::Implemented};
constexpr S after_rejected[] = {S::Closed};
constexpr S after_deferred[] = {S::Submitted};
constexpr S after_implemented[] = {S::Verified};
constexpr S after_verified[] = {S::Closed};
constexpr std::array<std::span<S const>, 10> following = {
    after_draft,    after_submitted, after_analysed,    after_reviewed, after_approved,
    after_rejected, after_deferred,  after_implemented, after_verified, std::span<S const>()};

bool bounded(ApprovalLimit const& limit) { return limit.delay_days || limit.cost; }

bool within(ApprovalLimit const& limit, ImpactSize const& size) {
  if (limit.delay_days && size.delay_days > *limit.delay_days) return false;
  if (!limit.cost || !size.cost || size.cost->minor <= 0) return true;
  // A limit in another currency cannot be said to hold.
  return size.cost->currency == limit.cost->currency && size.cost->minor <= limit.cost->minor;
}

auto order_of(ApprovalLimit const& limit) {
  return std::make_tuple(limit.cost ? limit.cost->minor : std::numeric_limits<std::int64_t>::max(),
                         limit.delay_days.value_or(std::numeric_limits<std::int32_t>::max()));
}

/// The latest decision of everybody who answered a message about the request.
std::map<std::string, Decision> decisions_on(Facts const& facts, std::string const& key) {
  std::map<std::string, std::pair<std::optional<Instant>, Decision>> latest;
  NodeRef const request{FactKind::ChangeRequest, key};
  for (auto const& message : facts.messages) {
    if (message.about != request) continue;
    for (auto const& answer : message.answers) {
      if (answer.decision == Decision::Acknowledged || answer.decision == Decision::Question) continue;
      auto const [known, fresh] = latest.try_emplace(answer.by, answer.when, answer.decision);
      // An answer without a date cannot overrule a dated one.
      if (!fresh && answer.when >= known->second.first) known->second = {answer.when, answer.decision};
    }
  }
  std::map<std::string, Decision> decisions;
  for (auto const& [who, answer] : latest) decisions.emplace(who, answer.second);
  return decisions;
}

std::string list_of(std::vector<std::string> const& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

class Guards {
 public:
  Guards(Facts const& facts, ChangeRequest const& request) : facts_(facts), request_(request) {}

  Diagnostics missing() {
    S const s = request_.status;
    if (s == S::Draft) return {};
    if (request_.edits.empty())
      need("asks for nothing: it has no edits", "add the edits, or leave it a draft");
    if (s == S::Submitted) return std::move(found_);
    if (!request_.analysis || request_.analysis->by.empty())
      need("is not analysed: nobody is named who found its size",
           "set analysis with by, delay_days and cost, as an assessment of it says");
    if (s == S::Analysed) return std::move(found_);
    if (!request_.review || request_.review->by.empty())
      need("is not reviewed: nobody is named who read the analysis", "set review with by and when");
    if (s == S::Approved || s == S::Implemented || s == S::Verified) approvals();
    if (s == S::Rejected) decided(Decision::Rejected, "rejects");
    if (s == S::Deferred) decided(Decision::Deferred, "defers");
    if (s == S::Implemented || s == S::Verified) client();
    if (s == S::Verified && (!request_.verification || request_.verification->by.empty()))
      need("is not verified: nobody is named who checked what was done", "set verification with by and when");
    return std::move(found_);
  }

 private:
  void need(std::string message, std::string action) {
    found_.push_back({.severity = Severity::Error,
                      .file = {},
                      .subject = to_string(NodeRef{FactKind::ChangeRequest, request_.key}),
                      .message = std::string(to_name(request_.status)) + ": it " + std::move(message),
                      .action = std::move(action)});
  }
  std::string record() const {
    return "record it as an answer to a message about change_request:" + request_.key;
  }

  void approvals() {
    auto const decisions = decisions_on(facts_, request_.key);
    auto const approves = [&](std::string const& who) {
      auto const answer = decisions.find(who);
      return answer != decisions.end() && answer->second == Decision::Approved;
    };
    if (facts_.approval_limits.empty()) {
      if (std::none_of(decisions.begin(), decisions.end(),
                       [&](auto const& one) { return approves(one.first); }))
        need("has no approval", record());
      return;
    }
    ImpactSize size;
    if (request_.analysis) size = {std::max(request_.analysis->delay_days, 0), request_.analysis->cost};
    auto const required = required_approval(facts_.approval_limits, size);
    if (required.approvers.empty()) {
      need("is larger than every approval limit, and nobody is without one",
           "add an approval_limit without delay_days and cost for who decides on it");
      return;
    }
    std::vector<std::string> open;
    for (auto const& who : required.approvers)
      if (!approves(who)) open.push_back(who);
    if (!open.empty())
      need("needs the approval of " + list_of(open) + " for a change of " + std::to_string(size.delay_days) +
               " days and " + (size.cost ? amount_text(*size.cost) : "no known cost"),
           record());
  }

  void decided(Decision decision, char const* verb) {
    auto const decisions = decisions_on(facts_, request_.key);
    if (std::none_of(decisions.begin(), decisions.end(),
                     [&](auto const& one) { return one.second == decision; }))
      need(std::string("has no answer that ") + verb + " it", record());
  }

  void client() {
    auto const decisions = decisions_on(facts_, request_.key);
    for (auto const& stakeholder : facts_.stakeholders) {
      if (stakeholder.side != Side::Client) continue;
      auto const answer = decisions.find(stakeholder.key);
      if (answer != decisions.end() && answer->second == Decision::Approved) return;
    }
    need("lacks the client's recorded answer: nobody of the client's side approves it", record());
  }

  Facts const& facts_;
  ChangeRequest const& request_;
  Diagnostics found_;
};

std::string names_of_states(std::span<S const> states) {
  std::vector<std::string> names;
  for (S const state : states) names.emplace_back(to_name(state));
  return list_of(names);
}

}  // namespace

RequiredApproval required_approval(std::span<ApprovalLimit const> limits, ImpactSize const& size) {
  ApprovalLimit const* smallest = nullptr;
  for (ApprovalLimit const& limit : limits)
    if (bounded(limit) && within(limit, size) && (!smallest || order_of(limit) < order_of(*smallest)))
      smallest = &limit;
  RequiredApproval required;
  required.within_limit = smallest != nullptr;
  for (ApprovalLimit const& limit : limits) {
    bool const chosen = smallest
                            ? bounded(limit) && within(limit, size) && order_of(limit) == order_of(*smallest)
                            : !bounded(limit);
    if (chosen && !std::ranges::count(required.approvers, limit.approver))
      required.approvers.push_back(limit.approver);
  }
  return required;
}

std::span<ChangeStatus const> states_after(ChangeStatus status) {
  return following[static_cast<std::size_t>(status)];
}

Diagnostics missing_for_state(Facts const& facts, ChangeRequest const& request) {
  return Guards(facts, request).missing();
}

std::vector<NextState> next_states(Facts const& facts, ChangeRequest const& request) {
  std::vector<NextState> states;
  for (S const state : states_after(request.status)) {
    ChangeRequest then = request;
    then.status = state;
    states.push_back({state, refused_step(facts, &request, then)});
  }
  return states;
}

Diagnostics refused_step(Facts const& facts, ChangeRequest const* before, ChangeRequest const& after) {
  if (!before) return missing_for_state(facts, after);
  Diagnostics found;
  auto const refuse = [&](std::string message, std::string action) {
    found.push_back({.severity = Severity::Error,
                     .file = {},
                     .subject = to_string(NodeRef{FactKind::ChangeRequest, after.key}),
                     .message = std::move(message),
                     .action = std::move(action)});
  };
  std::string const was(to_name(before->status)), becomes(to_name(after.status));
  auto const allowed = states_after(before->status);
  if (after.status != before->status) {
    if (!std::ranges::count(allowed, after.status)) {
      refuse("cannot go from " + was + " to " + becomes,
             allowed.empty() ? "raise a new change request"
                             : "from " + was + " it may become " + names_of_states(allowed));
      return found;
    }
    if (after.status == S::Submitted && (after.analysis || after.review))
      refuse("is submitted, but still holds its analysis or review",
             "leave out analysis and review: they are made anew");
    auto missing = missing_for_state(facts, after);
    found.insert(found.end(), std::make_move_iterator(missing.begin()),
                 std::make_move_iterator(missing.end()));
  } else if (auto missing = missing_for_state(facts, after);
             missing.size() > missing_for_state(facts, *before).size()) {
    // One that came from elsewhere may stand in its state without all records, but loses none here.
    found = std::move(missing);
  }
  if (before->status >= S::Analysed && after.status >= S::Analysed && after.edits != before->edits)
    refuse("is " + was + ", and its edits change",
           std::ranges::count(allowed, S::Submitted)
               ? "take it back to submitted, so that it is analysed anew"
               : "raise a new change request");
  return found;
}

}  // namespace rapport
