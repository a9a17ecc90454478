#pragma once

#include <map>
#include <string>
#include <vector>

#include "rapport/impact/change_control.h"
#include "rapport/notice/notice.h"

namespace rapport {

/// Keys of those who may approve a change of this size: of the limits that it does not pass, the
/// smallest (by money, then by days); when it passes all, everybody without a limit.
struct Approval {
  std::vector<std::string> approvers;
  NoticeReason reason = NoticeReason::ApprovalLimit;
};
[[nodiscard]] Approval approval_of(std::vector<ApprovalLimit> const& limits, ImpactSize const& size);

/// Stakeholder → reasons, each once. Keys that name nobody are left out.
using Audience = std::map<std::string, std::vector<Because>>;
[[nodiscard]] Audience audience_of(Project const& project, Impact const& impact, double high_power,
                                   Diagnostics& diagnostics);

}  // namespace rapport
