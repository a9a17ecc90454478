#include "rapport/model/change_step.h"

#include <algorithm>

#include "rapport/model/names.h"

namespace rapport {
namespace {

/// What the request says of needs, done: the new wording is a new version, which nobody has confirmed yet; a
/// need that falls away is withdrawn. Of a change without a wording there is nothing to write down.
void carry_out(Project const& project, ChangeRequest const& request, StateRecord const& record, Edit& edit) {
  std::vector<Requirement> changed;
  for (auto const& one : request.edits) {
    auto const* change = std::get_if<RequirementChange>(&one);
    auto const* known = change ? project.find<Requirement>(change->requirement) : nullptr;
    if (!known) continue;
    auto at = std::ranges::find(changed, known->key, &Requirement::key);
    if (at == changed.end()) at = changed.insert(at, *known);
    if (change->remove) at->status = RequirementStatus::Withdrawn;
    if (change->remove || change->text.empty() || change->text == at->text) continue;
    at->history.push_back({.version = at->version,
                           .text = at->text,
                           .when = record.when,
                           .by = record.by,
                           .reason = request.key + (request.title.empty() ? "" : ": " + request.title)});
    ++at->version;
    at->text = change->text;
    if (at->status == RequirementStatus::Verified) at->status = RequirementStatus::Implemented;
  }
  for (auto& one : changed)
    if (one != project.at<Requirement>(one.key)) edit.put(std::move(one));
}

}  // namespace

Edit move_change(Project const& project, std::string_view change, ChangeStatus to,
                 StateRecord const& record) {
  auto const& before = project.at<ChangeRequest>(change);
  std::string const state(to_name(to));
  ChangeRequest after = before;
  after.status = to;
  SignOff const sign{.by = record.by, .when = record.when, .text = record.text};
  switch (to) {
    case ChangeStatus::Draft:
    case ChangeStatus::Submitted:
      after.analysis.reset();
      after.review.reset();
      break;
    case ChangeStatus::Analysed:
      if (!record.size)
        throw InvalidInput("change_request:" + before.key +
                           " cannot be analysed without its size; give delay_days and cost, as an assessment "
                           "of it says");
      after.analysis = ChangeAnalysis{.by = record.by,
                                      .when = record.when,
                                      .delay_days = record.size->delay_days,
                                      .cost = record.size->cost,
                                      .text = record.text};
      break;
    case ChangeStatus::Reviewed:
      after.review = sign;
      break;
    case ChangeStatus::Verified:
      after.verification = sign;
      break;
    default:
      break;
  }
  if (before.status == to)
    throw InvalidInput("change_request:" + before.key + " is " + state + " already; name another state");
  if (auto refused = refused_step(project.facts(), &before, after); !refused.empty())
    throw InvalidInput(std::move(refused));
  Edit edit(before.key + " " + state + (record.by.empty() ? "" : " by " + record.by));
  if (to == ChangeStatus::Implemented) carry_out(project, after, record, edit);
  edit.put(std::move(after));
  return edit;
}

Edit answer_change(Project const& project, std::string_view change, Answer answer) {
  auto const& request = project.at<ChangeRequest>(change);
  auto const& who = project.at<Stakeholder>(answer.by);
  NodeRef const about{FactKind::ChangeRequest, request.key};
  Message const* latest = nullptr;
  for (auto const& message : project.facts().messages)
    if (message.about == about && std::ranges::count(message.to, who.key) > 0 &&
        (!latest || message.sent >= latest->sent))
      latest = &message;
  Message message;
  if (latest) {
    message = *latest;
  } else {
    int number = 1;
    do message.key = request.key + "-answer-" + std::to_string(number++);
    while (project.contains({FactKind::Message, message.key}));
    message.to = {who.key};
    message.about = about;
    message.sent = answer.when;
    message.subject = request.title;
    message.internal = who.side != Side::Client;
  }
  Edit edit(request.key + ": " + std::string(to_name(answer.decision)) + " by " + who.key);
  message.answers.push_back(std::move(answer));
  edit.put(std::move(message));
  return edit;
}

}  // namespace rapport
