#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rapport/base/money.h"
#include "rapport/base/time.h"
#include "rapport/model/work/activity.h"
#include "rapport/model/work/cost.h"
#include "rapport/model/work/link.h"
#include "rapport/model/work/resource.h"

namespace rapport {

enum class TimeUnit : std::uint8_t { Minutes, Hours, Days, Weeks };

/// An amount of working time as people say it: "96h", "12d". Days and weeks are converted with the
/// factors of the calendar of whatever it is applied to.
struct Amount {
  double value = 0;
  TimeUnit unit = TimeUnit::Hours;
  friend bool operator==(Amount const&, Amount const&) = default;
};
[[nodiscard]] Work to_work(Amount amount, double hours_per_day, double days_per_week);
/// "96h", "1.5d", "-30m", "2w". Errors: ParseError.
[[nodiscard]] Amount parse_amount(std::string_view text);
[[nodiscard]] std::string to_string(Amount amount);

/// {"requirement": "REQ-31", "magnitude": 0.35, "text": "…"} or {"requirement": …, "remove": true}
struct RequirementChange {
  std::string requirement{};
  double magnitude = 1;  ///< Share of the requirement that changes, [0, 1].
  std::string text{};    ///< New wording; may be empty.
  bool remove = false;   ///< The need falls away.
  friend bool operator==(RequirementChange const&, RequirementChange const&) = default;
};

enum class Adjustment : std::uint8_t { Add, Set, Scale };

/// {"activity": "A1040", "add_work": "96h"}: more to do with the same people: the duration and the
/// assigned effort grow. {"activity": …, "add_duration": "5d"}: it takes longer, with no more effort
/// (waiting). Also set_work, set_duration, and scale_work / scale_duration with a factor.
struct WorkChange {
  std::string activity{};
  Adjustment adjustment = Adjustment::Add;
  Amount amount{};             ///< For Add and Set.
  double factor = 1;           ///< For Scale.
  bool duration_only = false;  ///< add_duration and its kin.
  friend bool operator==(WorkChange const&, WorkChange const&) = default;
};

/// {"activity": "A1040", "add_cost": "12000.00 EUR", "cost_account": "C-20"}
struct CostChange {
  std::string activity{};
  Money amount{};
  std::string cost_account{};
  friend bool operator==(CostChange const&, CostChange const&) = default;
};

/// {"resource": "R-7", "scale_rate": 1.08}
struct RateChange {
  std::string resource{};
  double factor = 1;
  std::optional<Instant> from{};  ///< Absent: from the data date.
  friend bool operator==(RateChange const&, RateChange const&) = default;
};

/// {"add_link": {…}} or {"remove_link": {"predecessor": …, "successor": …, "type": "FS"}}
struct LinkChange {
  Link link{};
  bool remove = false;
  friend bool operator==(LinkChange const&, LinkChange const&) = default;
};

/// {"add_activity": {…}, "assignments": […], "expenses": […]}; links come as their own edits.
struct ActivityAddition {
  Activity activity{};
  std::vector<Assignment> assignments{};
  std::vector<Expense> expenses{};
  friend bool operator==(ActivityAddition const&, ActivityAddition const&) = default;
};

/// {"activity": "A1040", "remove": true}: its predecessors then hold its successors directly.
struct ActivityRemoval {
  std::string activity{};
  friend bool operator==(ActivityRemoval const&, ActivityRemoval const&) = default;
};

/// {"activity": "A1040", "constraint": {"kind": "start_no_earlier_than", "date": "2027-03-01"}}
struct ConstraintChange {
  std::string activity{};
  Constraint constraint{};
  friend bool operator==(ConstraintChange const&, ConstraintChange const&) = default;
};

using ChangeEdit = std::variant<RequirementChange, WorkChange, CostChange, RateChange, LinkChange,
                                ActivityAddition, ActivityRemoval, ConstraintChange>;

enum class ChangeStatus : std::uint8_t {
  Draft,
  Submitted,
  Analysed,
  Reviewed,
  Approved,
  Rejected,
  Deferred,
  Implemented,
  Verified,
  Closed,
};

/// How large the change was found to be, on the day it was analysed. Chooses who must approve it.
struct ChangeAnalysis {
  std::string by{};  ///< Stakeholder.
  std::optional<Instant> when{};
  std::int32_t delay_days = 0;  ///< Calendar days that the finish is later.
  std::optional<Money> cost{};  ///< Absent: nothing of it is priced.
  std::string text{};
  friend bool operator==(ChangeAnalysis const&, ChangeAnalysis const&) = default;
};

/// Somebody looked at it and found it right.
struct SignOff {
  std::string by{};  ///< Stakeholder.
  std::optional<Instant> when{};
  std::string text{};
  friend bool operator==(SignOff const&, SignOff const&) = default;
};

/// What somebody asks to be changed. Which state may follow which, and what must be recorded first, is
/// said in rapport/model/change_state.h. Approvals and the client's answer are answers to messages
/// about it.
struct ChangeRequest {
  std::string key{};  ///< "id" in documents.
  std::string title{};
  std::string reason{};  ///< Why it is asked for, in the client's words.
  std::string by{};      ///< Stakeholder who asks.
  std::optional<Instant> raised{};
  std::optional<Instant> answer_by{};
  ChangeStatus status = ChangeStatus::Draft;
  std::vector<ChangeEdit> edits{};
  std::string internal_note{};               ///< Internal.
  std::optional<ChangeAnalysis> analysis{};  ///< Internal.
  std::optional<SignOff> review{};           ///< Of the analysis. Internal.
  std::optional<SignOff> verification{};     ///< That what was done is what was asked.
  friend bool operator==(ChangeRequest const&, ChangeRequest const&) = default;
};

}  // namespace rapport
