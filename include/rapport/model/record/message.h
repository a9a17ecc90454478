#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rapport/base/money.h"
#include "rapport/base/time.h"
#include "rapport/model/node.h"

namespace rapport {

enum class Decision : std::uint8_t { Approved, Rejected, Deferred, Acknowledged, Question };

struct Answer {
  std::string by{};  ///< Stakeholder.
  std::optional<Instant> when{};
  Decision decision = Decision::Acknowledged;
  std::string text{};
  friend bool operator==(Answer const&, Answer const&) = default;
};

/// Something said to somebody, and what came back.
struct Message {
  std::string key{};
  std::string from{};
  std::vector<std::string> to{};  ///< Stakeholders.
  std::optional<NodeRef> about{};
  std::optional<Instant> sent{};
  std::optional<Instant> answer_by{};
  std::string channel{};
  std::string language{};
  std::string subject{}, text{};
  std::vector<Answer> answers{};
  bool internal = false;
  friend bool operator==(Message const&, Message const&) = default;
};

/// A change is approved by the approver of the smallest limit that it does not pass; one that
/// passes all limits needs every approver without a limit.
struct ApprovalLimit {
  std::string key{};
  std::string approver{};                    ///< Stakeholder.
  std::optional<std::int32_t> delay_days{};  ///< Calendar days of finish delay; absent: no limit.
  std::optional<Money> cost{};               ///< Absent: no limit.
  friend bool operator==(ApprovalLimit const&, ApprovalLimit const&) = default;
};

}  // namespace rapport
