#pragma once
// Who must hear of a change, why, how and by when, and what they are told.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/impact/impact.h"
#include "rapport/model/project.h"
#include "rapport/notice/client_view.h"
#include "rapport/table/table.h"

namespace rapport {

/// Internal texts hold everything; client copies are made from a ClientView.
enum class Copy : std::uint8_t { Internal, Client };

/// What somebody has to do with the decision; of several parts the first one counts.
enum class Part : std::uint8_t { Approve, Consult, Inform };

enum class NoticeReason : std::uint8_t {
  ApprovalLimit,      ///< Approve: the effect is within their limit and within no smaller one.
  NoLimit,            ///< Approve: the effect passes every limit; they have none.
  Requester,          ///< Inform: asked for it.
  Accountable,        ///< Consult: accountable for something touched.
  Responsible,        ///< Consult: does something touched.
  Consulted,          ///< Consult: to be consulted about something touched.
  Informed,           ///< Inform: to be told about something touched.
  ActivityMoves,      ///< Inform: has a duty on an activity that the change moves.
  RequirementOwner,   ///< Consult: owns a requirement that changes.
  RequirementSource,  ///< Consult: a requirement that changes was learnt from them.
  MustConfirm,        ///< Consult: their confirmation of a requirement lapses.
  DeliverableOwner,   ///< Inform.
  RiskOwner,          ///< Inform: owns a risk that the change bears on.
  ConcernTrace,       ///< Inform: something touched is traced to them.
  ConcernDates,       ///< Inform: wants to hear about dates, and dates move.
  ConcernCost,        ///< Inform: about cost, and cost changes.
  ConcernQuality,     ///< Inform: about quality, and tests or confirmations repeat.
  HighPowerClient,    ///< Inform: on the client's side, with much power, and dates or cost change.
};
[[nodiscard]] std::string_view name_of(NoticeReason reason);
[[nodiscard]] std::string_view name_of(Part part);
[[nodiscard]] Part part_of(NoticeReason reason);

/// A reason as data; the wording lies in templates/<language>/words.json under "because".
struct Because {
  NoticeReason reason = NoticeReason::Informed;
  std::optional<NodeRef> node;  ///< What it is about; absent for the change as a whole.
  std::string name;             ///< Title or name of that node.
  std::int32_t delay_days = 0;  ///< ApprovalLimit, NoLimit: size of the impact, calendar days …
  std::optional<Money> cost;    ///< … and money.
  friend bool operator==(Because const&, Because const&) = default;
};

/// Whom a notice goes to.
struct Recipient {
  std::string key, name, organisation, role;
  Side side = Side::Client;
  std::string channel;   ///< The preferred one; empty when none is known.
  std::string address;   ///< On that channel.
  std::string language;  ///< That the notice is written in: "en", "zh".
  friend bool operator==(Recipient const&, Recipient const&) = default;
};

struct Notice {
  Recipient to;
  Part part = Part::Inform;
  std::vector<Because> because;  ///< Those of the part first.
  Copy copy = Copy::Client;
  std::optional<Instant> answer_by;  ///< Absent for Inform.
  std::string subject;
  std::string text;  ///< Markdown.
  friend bool operator==(Notice const&, Notice const&) = default;
};

struct NoticeOptions {
  std::string language;  ///< "en" or "zh"; empty: each recipient's own.
  /// Absent: the client copy for everybody outside the team. Copy::Client: for everybody.
  /// Copy::Internal: only the team gets one, others are left out with a diagnostic.
  std::optional<Copy> copy;
  std::string sender;  ///< Signs the notices; may be empty.
  AnswerOptions answer;
  double high_power = 0.7;  ///< From this power on a client is told in any case.
};

struct Notices {
  std::string change;         ///< Key of the change request.
  std::vector<Notice> items;  ///< Approve, consult, inform; within a part by name.
  AnswerBy answer_by;
  std::vector<Choice> choices;
  Diagnostics diagnostics;  ///< Nobody may approve; somebody has no channel; a language is missing.

  /// One row per notice: to, name, organisation, side, part, because (codes), nodes, channel, address,
  /// language, copy, answer_by, subject.
  [[nodiscard]] Table table() const;
  [[nodiscard]] Notice const* find(std::string_view stakeholder) const;
  friend bool operator==(Notices const&, Notices const&) = default;
};

/// Who hears what of a change. Cost: O(reach + stakeholders · reasons + activities).
/// Errors: InvalidInput for a language without templates, naming those there are.
[[nodiscard]] Notices notify(Project const& project, Impact const& impact, NoticeOptions const& options = {});

/// The reasons in words, one text for each kind: "owns REQ-31 Guest check-in, which changes". Of
/// more than three things of one kind the first three are named. Errors: as notify.
[[nodiscard]] std::vector<std::string> to_texts(std::vector<Because> const& because,
                                                std::string_view language);

/// Languages with templates: {"en", "zh"}.
[[nodiscard]] std::vector<std::string> notice_languages();

}  // namespace rapport
