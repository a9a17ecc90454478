#pragma once
// What of an impact a client may see. Everything that is rendered for a client is rendered from
// this type and from nothing else, so that what is not here cannot leak: no rates, hours,
// resources or cost lines, no likelihoods, no ratings of people, no risks that are not shared.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rapport/impact/impact.h"
#include "rapport/model/project.h"

namespace rapport {

enum class ChoiceKind : std::uint8_t {
  Accept,       ///< As asked for, with the effect shown.
  Defer,        ///< Begun after the next milestone; the effect then has to be assessed anew.
  ReduceScope,  ///< Only a part of what is asked for; likewise.
  Decline,      ///< Everything stays as planned.
};

/// Something the client can answer. Effects are given where they are known, never guessed.
struct Choice {
  ChoiceKind kind = ChoiceKind::Accept;
  std::string milestone;                  ///< Defer: its name.
  std::optional<Instant> milestone_date;  ///< Defer: its date in the plan as it stands.
  std::vector<std::string> requirements;  ///< ReduceScope: titles of what the change names.
  std::optional<Elapsed> finish_delta;    ///< Accept: of the impact; Decline: none; else unknown.
  std::optional<Money> price;             ///< Likewise.
  friend bool operator==(Choice const&, Choice const&) = default;
};

/// Why the answer is needed by its date.
enum class AnswerRule : std::uint8_t {
  Stated,           ///< In the change request.
  BeforeStart,      ///< Working days before the first work that the change affects.
  AtOnce,           ///< That day has passed already: the next working day.
  AfterSending,     ///< Nothing that the change affects is still to begin: working days from today.
  AfterStatedDate,  ///< The stated date has passed: the next working day.
};

struct AnswerBy {
  Instant when;
  AnswerRule rule = AnswerRule::Stated;
  std::int32_t working_days = 0;      ///< BeforeStart and AfterSending: how many.
  std::optional<Instant> first_work;  ///< BeforeStart and AtOnce: when the first affected work begins.
  friend bool operator==(AnswerBy const&, AnswerBy const&) = default;
};

/// A date that the client watches.
struct ClientMilestone {
  MilestoneKind kind = MilestoneKind::Activity;
  std::string name;  ///< Empty for the finish of the project.
  std::optional<Instant> before, after, due;
  Elapsed delta;         ///< Positive: later.
  Elapsed late_after;    ///< Past due, never negative.
  bool assumed = false;  ///< It moves on work that rests on a default of Rapport's.
  friend bool operator==(ClientMilestone const&, ClientMilestone const&) = default;
};

/// A requirement that the client confirms (again).
struct ClientRequirement {
  std::string key, title;
  std::int32_t confirmed_version = 0;  ///< 0: not confirmed before.
  bool named_by_change = false;
  friend bool operator==(ClientRequirement const&, ClientRequirement const&) = default;
};

/// A risk that is marked as shared with the client; no rating.
struct ClientRisk {
  std::string title, cause, event, effect, response;
  RiskEffect sign = RiskEffect::Threat;
  friend bool operator==(ClientRisk const&, ClientRisk const&) = default;
};

struct ClientTests {
  TestLevel level = TestLevel::System;
  std::int32_t count = 0;
  friend bool operator==(ClientTests const&, ClientTests const&) = default;
};

/// How many requirements in force are verified.
struct ClientCoverage {
  std::int32_t verified_before = 0, all_before = 0, verified_after = 0, all_after = 0;
  bool assumed = false;
  friend bool operator==(ClientCoverage const&, ClientCoverage const&) = default;
};

struct ClientView {
  std::string project;
  std::string change, title, reason;
  std::string requested_by;  ///< Name and organisation of who asks; empty when not known.
  std::optional<Instant> raised;
  std::optional<Instant> data_date;
  std::vector<ClientMilestone> milestones;  ///< The project's finish first.
  /// All that the change costs together, without contract penalties and bonuses, which follow from
  /// the contract. Absent: not known.
  std::optional<Money> price;
  bool price_incomplete = false;    ///< Something of it is not priced yet.
  bool confirmations_known = true;  ///< The project has requirements.
  std::vector<ClientRequirement> to_confirm;
  bool tests_known = true;                   ///< It has tests.
  std::vector<ClientTests> tests_to_repeat;  ///< By level; levels without a test are left out.
  std::optional<ClientCoverage> coverage;    ///< Absent: nothing is known of it.
  /// That these rest on a default of Rapport's: the finish as far as it moves, the price as far as there
  /// is one, which requirements and which tests.
  bool finish_assumed = false, price_assumed = false, to_confirm_assumed = false, tests_assumed = false;
  std::vector<ClientRisk> risks;
  std::vector<Choice> choices;
  AnswerBy answer_by;
  friend bool operator==(ClientView const&, ClientView const&) = default;
};

/// How the date is found by which an answer is needed.
struct AnswerOptions {
  std::optional<Instant> today;  ///< Absent: the data date, or the start of the plan.
  std::int32_t working_days = 5;
};

/// The rule of AnswerRule, on the calendar of the first affected work. The answer is due when that
/// working day ends. Cost: O(activities).
[[nodiscard]] AnswerBy answer_by(Impact const& impact, AnswerOptions const& options = {});

/// Accept; Defer when a milestone that the change moves or precedes is still ahead; ReduceScope when the
/// change names a requirement or consists of several edits; Decline. Cost: O(activities).
[[nodiscard]] std::vector<Choice> choices(Project const& project, Impact const& impact);

/// The one place where an impact becomes something a client may see. Cost: O(activities + reach).
[[nodiscard]] ClientView client_view(Project const& project, Impact const& impact,
                                     AnswerOptions const& options = {});

}  // namespace rapport
