#include <algorithm>
#include <limits>
#include <tuple>

#include "notice/audience.h"

namespace rapport {
namespace {

bool has_bound(ApprovalLimit const& limit) { return limit.delay_days || limit.cost; }

bool holds(ApprovalLimit const& limit, ImpactSize const& size) {
  if (limit.delay_days && size.delay_days > *limit.delay_days) return false;
  if (!limit.cost || !size.cost || size.cost->minor <= 0) return true;
  // A limit in another currency cannot be said to hold.
  return size.cost->currency == limit.cost->currency && size.cost->minor <= limit.cost->minor;
}

auto rank_of(ApprovalLimit const& limit) {
  return std::make_tuple(limit.cost ? limit.cost->minor : std::numeric_limits<std::int64_t>::max(),
                         limit.delay_days.value_or(std::numeric_limits<std::int32_t>::max()));
}

}  // namespace

ImpactSize size_of(Impact const& impact) {
  std::int32_t const days = impact.after().finish().date() - impact.before().finish().date();
  return {std::max(days, 0), impact.cost_delta()};
}

Approval approval_of(std::vector<ApprovalLimit> const& limits, ImpactSize const& size) {
  ApprovalLimit const* smallest = nullptr;
  for (ApprovalLimit const& limit : limits)
    if (has_bound(limit) && holds(limit, size) && (!smallest || rank_of(limit) < rank_of(*smallest)))
      smallest = &limit;

  Approval approval;
  if (!smallest) approval.reason = NoticeReason::NoLimit;
  for (ApprovalLimit const& limit : limits) {
    bool const chosen = smallest
                            ? has_bound(limit) && holds(limit, size) && rank_of(limit) == rank_of(*smallest)
                            : !has_bound(limit);
    if (chosen && !std::ranges::count(approval.approvers, limit.approver))
      approval.approvers.push_back(limit.approver);
  }
  return approval;
}

}  // namespace rapport
