#pragma once
// A ClientView in the words of a language: what the templates of client copies are filled with.

#include <nlohmann/json.hpp>

#include "notice/wording.h"
#include "rapport/notice/client_view.h"

namespace rapport {

/// change, title, reason, requested_by, raised, headline, milestones, price, to_confirm, tests,
/// risks, choices, answer_by, answer_rule: texts ready to insert, not yet escaped.
[[nodiscard]] nlohmann::json client_words(ClientView const& view, Wording const& say);

/// "If this change is made, the project finishes 9 days later, on 11 Mar 2027, and …"
[[nodiscard]] std::string headline(std::optional<Instant> finish_before, std::optional<Instant> finish_after,
                                   std::optional<Money> amount, Wording const& say);

/// "milestone Handover" or "finish of the project".
[[nodiscard]] std::string milestone_name(MilestoneKind kind, std::string const& name, Wording const& say);

[[nodiscard]] std::string answer_rule_text(AnswerBy const& answer, Wording const& say);

}  // namespace rapport
