#pragma once
// The edits that carry a change request from state to state, with what each state records.

#include <optional>
#include <string>
#include <string_view>

#include "rapport/model/change_state.h"
#include "rapport/model/project.h"

namespace rapport {

/// Who takes a request to a state, and what they say.
struct StateRecord {
  std::string by{};  ///< Stakeholder.
  std::optional<Instant> when{};
  std::string text{};
  std::optional<ImpactSize> size{};  ///< Analysed only: how large the change was found to be.
  friend bool operator==(StateRecord const&, StateRecord const&) = default;
};

/// The edit that takes `change` to `to`. analysed records the analysis, reviewed the review, verified
/// the verification; submitted takes analysis and review away, to be made anew; implemented gives the
/// requirements the wording that the request states, as their next version, and withdraws those that it
/// removes; the others move the status alone. Approved, rejected, deferred and implemented rest on answers
/// (see answer_change). Cost: O(messages).
/// Errors: NotFound (with the nearest keys); InvalidInput with every guard that refuses the step
/// (see refused_step), each with its way out, or when analysed is given without a size.
[[nodiscard]] Edit move_change(Project const& project, std::string_view change, ChangeStatus to,
                               StateRecord const& record);

/// The edit that records what somebody decided about `change`: an answer to the latest message about it that
/// went to them, or else to a new one, "<change>-answer" and its number, that stands for what was said.
/// Cost: O(messages). Errors: NotFound (the request, or the stakeholder who answers).
[[nodiscard]] Edit answer_change(Project const& project, std::string_view change, Answer answer);

}  // namespace rapport
