#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rapport/base/time.h"

namespace rapport {

enum class RequirementKind : std::uint8_t {
  Business,
  Stakeholder,
  Functional,
  Quality,
  Constraint,
  Interface
};
/// MoSCoW.
enum class Priority : std::uint8_t { Must, Should, Could, Wont };
enum class RequirementStatus : std::uint8_t { Proposed, Agreed, Implemented, Verified, Rejected, Withdrawn };

enum class ElicitationMethod : std::uint8_t {
  Interview,
  Questionnaire,
  Document,
  Workshop,
  Meeting,
  Observation,
  Prototype
};

/// Where a requirement came from.
struct Elicitation {
  ElicitationMethod method = ElicitationMethod::Interview;
  std::string stakeholder{};  ///< Who said it.
  std::optional<Instant> when{};
  std::string reference{};  ///< Minutes, document and page.
  friend bool operator==(Elicitation const&, Elicitation const&) = default;
};

/// An earlier wording.
struct RequirementVersion {
  std::int32_t version = 1;
  std::string text{};
  std::optional<Instant> when{};
  std::string by{};
  std::string reason{};
  friend bool operator==(RequirementVersion const&, RequirementVersion const&) = default;
};

/// The client agreed to one version of the text; a later version needs a new confirmation.
struct Confirmation {
  std::int32_t version = 1;
  std::string by{};  ///< Stakeholder.
  std::optional<Instant> when{};
  friend bool operator==(Confirmation const&, Confirmation const&) = default;
};

struct Requirement {
  std::string key{};
  std::string title{};
  std::string text{};
  RequirementKind kind = RequirementKind::Functional;
  Priority priority = Priority::Should;
  RequirementStatus status = RequirementStatus::Agreed;
  std::int32_t version = 1;
  std::string owner{};  ///< Stakeholder.
  std::string acceptance_criterion{};
  /// Size of what implements it, for quality estimates (unit: thousand source lines or the
  /// equivalent the team counts in); absent when unknown.
  std::optional<double> size{};
  std::optional<Elicitation> source{};
  std::vector<RequirementVersion> history{};
  std::vector<Confirmation> confirmations{};

  friend bool operator==(Requirement const&, Requirement const&) = default;
};

struct Deliverable {
  std::string key{};
  std::string name{};
  std::string description{};
  std::string owner{};  ///< Stakeholder.
  friend bool operator==(Deliverable const&, Deliverable const&) = default;
};

enum class TestLevel : std::uint8_t { Review, Unit, Integration, System, Acceptance };

struct Test {
  std::string key{};
  std::string name{};
  TestLevel level = TestLevel::System;
  Work effort{};                               ///< To run it once.
  std::string resource{};                      ///< Who runs it; gives the rate. Internal.
  std::string activity{};                      ///< The activity it is run in; may be empty.
  std::optional<double> removal_efficiency{};  ///< Share of the present defects it finds, [0, 1].
  friend bool operator==(Test const&, Test const&) = default;
};

}  // namespace rapport
