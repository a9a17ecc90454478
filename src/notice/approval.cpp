#include <algorithm>

#include "notice/audience.h"

namespace rapport {

ImpactSize size_of(Impact const& impact) {
  std::int32_t const days = impact.after().finish().date() - impact.before().finish().date();
  return {std::max(days, 0), impact.cost_delta()};
}

Approval approval_of(std::vector<ApprovalLimit> const& limits, ImpactSize const& size) {
  auto required = required_approval(limits, size);
  return {std::move(required.approvers),
          required.within_limit ? NoticeReason::ApprovalLimit : NoticeReason::NoLimit};
}

}  // namespace rapport
