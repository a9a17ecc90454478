#include "notice/audience.h"

namespace rapport {

Approval approval_of(std::vector<ApprovalLimit> const& limits, ImpactSize const& size) {
  auto required = required_approval(limits, size);
  return {std::move(required.approvers),
          required.within_limit ? NoticeReason::ApprovalLimit : NoticeReason::NoLimit};
}

}  // namespace rapport
