#pragma once
// Where a change request stands, where it may go from there, and what has to be recorded first.
// Project::apply enforces it; these functions say it beforehand.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rapport/base/error.h"
#include "rapport/base/money.h"
#include "rapport/model/facts.h"

namespace rapport {

/// How large a change is, as approval limits count.
struct ImpactSize {
  std::int32_t delay_days = 0;  ///< Calendar days that the finish is later; never negative.
  std::optional<Money> cost{};  ///< Absent: nothing is priced.
  friend bool operator==(ImpactSize const&, ImpactSize const&) = default;
};

/// Keys of those who must approve a change of this size: of the limits that it does not pass, the
/// smallest (by money, then by days); when it passes all, everybody without a limit.
struct RequiredApproval {
  std::vector<std::string> approvers{};
  bool within_limit = false;  ///< False: it passes every limit.
};
[[nodiscard]] RequiredApproval required_approval(std::span<ApprovalLimit const> limits,
                                                 ImpactSize const& size);

/// States that may follow, whatever is recorded:
/// draft → submitted → analysed → reviewed → approved, rejected or deferred; approved → implemented
/// → verified → closed; rejected → closed; submitted → draft; analysed, reviewed and deferred →
/// submitted, to be analysed anew.
[[nodiscard]] std::span<ChangeStatus const> states_after(ChangeStatus status);

/// What is still missing for `request` to stand in its state, each with the way out; empty when
/// nothing is:
/// - from submitted on: at least one edit;
/// - from analysed on: its analysis; from reviewed on: its review, each with who made it;
/// - approved, implemented, verified: the approval of everybody whom the limits of `facts` require for
///   the size that the analysis found (without limits: of anybody), as the latest answers to messages
///   about the request;
/// - rejected, deferred: an answer that says so;
/// - implemented, verified: an approving answer of a stakeholder of the client's side;
/// - verified: its verification.
/// Cost: O(messages).
[[nodiscard]] Diagnostics missing_for_state(Facts const& facts, ChangeRequest const& request);

/// A state that may follow, and what must be recorded before.
struct NextState {
  ChangeStatus status = ChangeStatus::Draft;
  Diagnostics missing{};  ///< Empty: it may go there now.
};
/// Cost: O(messages).
[[nodiscard]] std::vector<NextState> next_states(Facts const& facts, ChangeRequest const& request);

/// Why `before` may not become `after` in one edit; empty when it may. An absent `before` is a new
/// request, which must have recorded what its state needs. Besides states, guards that nothing that a
/// state rests on is taken away again, and that the edits of an analysed request stay as they are.
/// Cost: O(messages).
[[nodiscard]] Diagnostics refused_step(Facts const& facts, ChangeRequest const* before,
                                       ChangeRequest const& after);

}  // namespace rapport
