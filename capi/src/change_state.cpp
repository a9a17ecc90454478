// Change requests from state to state, who must approve them, and traces to look at again.

#include "rapport/model/change_state.h"

#include <algorithm>

#include "guarded.h"
#include "handles.h"
#include "json.h"
#include "rapport/impact/change_control.h"
#include "rapport/model/change_step.h"
#include "rapport/model/names.h"
#include "rapport/model/suspect.h"

namespace rapport::capi {
namespace {

template <class Enum>
Enum named(char const* text, char const* argument) {
  std::string const name = required_text(text, argument);
  if (auto const found = from_name<Enum>(name)) return *found;
  std::string known;
  for (auto const each : names_of<Enum>()) known += (known.empty() ? "" : ", ") + std::string(each);
  throw InvalidInput(std::string("argument ") + argument + " is \"" + name + "\", which is none of " + known);
}

std::optional<Instant> instant_or_none(std::int64_t seconds, char const* name) {
  if (seconds == RAPPORT_NO_INSTANT) return std::nullopt;
  return checked_instant(seconds, name);
}

Author author_of(rapport_sign_off const& sign, std::string const& by) {
  return {by, sign.when == RAPPORT_NO_INSTANT ? Instant{} : checked_instant(sign.when, "when")};
}

std::optional<Money> money_of(char const* text) {
  if (!text || !*text) return std::nullopt;
  return parse_money(text);
}

void applied(rapport_project& project, Edit const& edit, Author const& author, std::uint64_t* entry) {
  auto const number = project.value.apply(edit, author).number;
  if (entry) *entry = number;
}

}  // namespace
}  // namespace rapport::capi

using namespace rapport::capi;

rapport_status rapport_project_next_states(rapport_project const* project, char const* change, char** out,
                                           rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(project, "project").value;
    auto const& request = value.at<rapport::ChangeRequest>(required_text(change, "change"));
    auto& result = required(out, "out");
    Json next = Json::array();
    for (auto const& state : rapport::next_states(value.facts(), request))
      next.push_back({{"state", rapport::to_name(state.status)}, {"missing", to_json(state.missing)}});
    result = copied(dumped(
        {{"change", request.key}, {"state", rapport::to_name(request.status)}, {"next", std::move(next)}}));
  });
}

rapport_status rapport_project_required_approval(rapport_project const* project, int32_t delay_days,
                                                 char const* cost, char** out, rapport_error** error) {
  return guarded(error, [&] {
    auto const& limits = required(project, "project").value.facts().approval_limits;
    auto& result = required(out, "out");
    auto const approval = rapport::required_approval(limits, {std::max(delay_days, 0), money_of(cost)});
    result = copied(dumped({{"approvers", approval.approvers}, {"within_limit", approval.within_limit}}));
  });
}

rapport_status rapport_project_move_change(rapport_project* project, char const* change, char const* state,
                                           rapport_sign_off const* sign, uint64_t* entry,
                                           rapport_error** error) {
  return guarded(error, [&] {
    auto& value = required(project, "project");
    auto const given = complete(sign, rapport_sign_off RAPPORT_SIGN_OFF_INIT);
    auto const to = named<rapport::ChangeStatus>(state, "state");
    rapport::StateRecord record;
    record.by = text_or_empty(given.by);
    record.when = instant_or_none(given.when, "when");
    record.text = text_or_empty(given.text);
    if (given.delay_days >= 0) record.size = rapport::ImpactSize{given.delay_days, money_of(given.cost)};
    auto const edit = rapport::move_change(value.value, required_text(change, "change"), to, record);
    applied(value, edit, author_of(given, record.by), entry);
  });
}

rapport_status rapport_project_answer_change(rapport_project* project, char const* change,
                                             char const* decision, rapport_sign_off const* sign,
                                             uint64_t* entry, rapport_error** error) {
  return guarded(error, [&] {
    auto& value = required(project, "project");
    auto const given = complete(sign, rapport_sign_off RAPPORT_SIGN_OFF_INIT);
    rapport::Answer answer;
    answer.by = required_text(given.by, "sign->by");
    answer.when = instant_or_none(given.when, "when");
    answer.decision = named<rapport::Decision>(decision, "decision");
    answer.text = text_or_empty(given.text);
    auto const edit = rapport::answer_change(value.value, required_text(change, "change"), answer);
    applied(value, edit, author_of(given, answer.by), entry);
  });
}

rapport_status rapport_impact_size(rapport_impact const* impact, int32_t* delay_days, rapport_money* cost,
                                   rapport_error** error) {
  return guarded(error, [&] {
    auto const size = rapport::size_of(required(impact, "impact").value);
    auto& days = required(delay_days, "delay_days");
    if (cost) {
      *cost = {};
      if (size.cost) {
        cost->minor = size.cost->minor;
        size.cost->currency.code().copy(cost->currency, 3);
      }
    }
    days = size.delay_days;
  });
}

rapport_status rapport_project_suspect_traces(rapport_project const* project, ArrowArrayStream* out,
                                              rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    give(to_table(rapport::suspect_traces(required(project, "project").value)), result);
  });
}

rapport_status rapport_project_confirm_traces(rapport_project* project, char const* const* traces,
                                              size_t count, char const* by, int64_t when, uint64_t* entry,
                                              rapport_error** error) {
  return guarded(error, [&] {
    auto& value = required(project, "project");
    rapport::Author const author{text_or_empty(by), checked_instant(when, "when")};
    std::vector<std::string> keys;
    if (!traces)
      for (auto const& one : rapport::suspect_traces(value.value)) keys.push_back(one.trace);
    for (size_t i = 0; traces && i < count; ++i) keys.emplace_back(required_text(traces[i], "traces"));
    applied(value, rapport::confirm_traces(value.value, keys, author), author, entry);
  });
}
