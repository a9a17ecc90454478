#include "rapport/notice/notice.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "impact/assessed_on.h"
#include "notice/audience.h"
#include "notice/client_words.h"
#include "notice/naming.h"
#include "rapport/model/names.h"

namespace rapport {
namespace {

using nlohmann::json;

struct ReasonInfo {
  std::string_view name;
  Part part;
  bool shown_to_client;
};

/// In the order of NoticeReason. What rests on ratings or limits is not for the client to read.
constexpr std::array reason_info{ReasonInfo{"approval_limit", Part::Approve, false},
                                 ReasonInfo{"no_limit", Part::Approve, false},
                                 ReasonInfo{"requester", Part::Inform, true},
                                 ReasonInfo{"accountable", Part::Consult, true},
                                 ReasonInfo{"responsible", Part::Consult, true},
                                 ReasonInfo{"consulted", Part::Consult, true},
                                 ReasonInfo{"informed", Part::Inform, true},
                                 ReasonInfo{"activity_moves", Part::Inform, true},
                                 ReasonInfo{"requirement_owner", Part::Consult, true},
                                 ReasonInfo{"requirement_source", Part::Consult, true},
                                 ReasonInfo{"must_confirm", Part::Consult, true},
                                 ReasonInfo{"deliverable_owner", Part::Inform, true},
                                 ReasonInfo{"risk_owner", Part::Inform, false},
                                 ReasonInfo{"concern_trace", Part::Inform, true},
                                 ReasonInfo{"concern_dates", Part::Inform, true},
                                 ReasonInfo{"concern_cost", Part::Inform, true},
                                 ReasonInfo{"concern_quality", Part::Inform, true},
                                 ReasonInfo{"high_power_client", Part::Inform, false}};

ReasonInfo const& info(NoticeReason reason) { return reason_info.at(static_cast<std::size_t>(reason)); }

/// A risk that is not shared and its name stay inside.
bool is_public(Because const& because, Project const& project) {
  if (because.node && because.node->kind == FactKind::Risk) {
    auto const* risk = project.find<Risk>(because.node->key);
    return risk && risk->shared_with_client;
  }
  if (because.node && because.node->kind == FactKind::Resource) return false;
  return info(because.reason).shown_to_client;
}

/// What only the team reads, beside what a client may.
json internal_words(Impact const& impact, Wording const& say) {
  auto const count = [&](char const* key, std::size_t n) { return say(key, {{"n", n}}); };
  auto const& deltas = impact.activity_deltas();
  auto const moved = static_cast<std::size_t>(std::ranges::count_if(deltas, &ActivityDelta::moved));
  auto const critical =
      static_cast<std::size_t>(std::ranges::count_if(deltas, &ActivityDelta::newly_critical));
  json words{{"activities_moved", count("count.activities", moved)},
             {"newly_critical", count("count.activities", critical)},
             {"any_critical", critical > 0},
             {"note", impact.change().internal_note}};
  if (auto const cost = impact.cost_delta()) words["cost"] = say.signed_money(*cost);
  words["unpriced"] = impact.unpriced().size();
  words["any_unpriced"] = !impact.unpriced().empty();
  return words;
}

class Writer {
 public:
  Writer(Project const& project, Impact const& impact, NoticeOptions const& options, ClientView view)
      : project_(project), impact_(impact), options_(options), view_(std::move(view)) {}

  void write(Notice& notice) const {
    Wording const& say = Wording::of(notice.to.language);
    bool const client = notice.copy == Copy::Client;
    json words = client_words(client ? view_for(notice.to.side) : view_, say);

    std::vector<Because> shown;
    for (Because const& because : notice.because)
      if (!client || is_public(because, project_)) shown.push_back(because);
    words["because"] = to_texts(shown, notice.to.language);
    words["has_because"] = !shown.empty();
    words["name"] = notice.to.name;
    words["sender"] = options_.sender;
    words["approve"] = notice.part == Part::Approve;
    words["consult"] = notice.part == Part::Consult;
    words["inform"] = notice.part == Part::Inform;
    if (!client) {
      words["internal"] = internal_words(impact_, say);
      words["headline"] =
          headline(impact_.before().finish(), impact_.after().finish(), impact_.cost_delta(), say);
    }

    notice.subject = say("notice.subject." + std::string(name_of(notice.part)),
                         {{"change", words["change"]}, {"title", words["title"]}});
    notice.text = render(say.file(client ? "notice.md" : "notice.internal.md"), words, Escape::Markdown);
  }

 private:
  /// Prices are between the client and us; suppliers, authorities and the public do not see them.
  [[nodiscard]] ClientView view_for(Side side) const {
    ClientView view = view_;
    if (side == Side::Client || side == Side::Team) return view;
    view.price.reset();
    view.price_incomplete = false;
    for (Choice& choice : view.choices) choice.price.reset();
    return view;
  }

  Project const& project_;
  Impact const& impact_;
  NoticeOptions const& options_;
  ClientView view_;
};

Recipient recipient_of(Stakeholder const& who, NoticeOptions const& options, Diagnostics& diagnostics) {
  std::string const subject = "stakeholder " + who.key;
  Recipient to{
      who.key, who.name.empty() ? who.key : who.name, who.organisation, who.role, who.side, {}, who.address,
      {}};
  if (!who.channels.empty())
    to.channel = who.channels.front();
  else
    diagnostics.push_back({Severity::Warning,
                           {},
                           0,
                           0,
                           subject,
                           "no channel is known",
                           "the notice is written; say how to reach them"});
  std::string const& wanted = options.language.empty() ? who.language : options.language;
  bool const there = Wording::has(wanted);
  to.language = Wording::of(there ? wanted : "en").language();
  if (!there)
    diagnostics.push_back({Severity::Info,
                           {},
                           0,
                           0,
                           subject,
                           "there are no texts in the language " + wanted,
                           "the notice is in English"});
  return to;
}

}  // namespace

std::string_view name_of(NoticeReason reason) { return info(reason).name; }
Part part_of(NoticeReason reason) { return info(reason).part; }

std::string_view name_of(Part part) {
  static constexpr std::array<std::string_view, 3> names{"approve", "consult", "inform"};
  return names.at(static_cast<std::size_t>(part));
}

std::vector<std::string> notice_languages() { return Wording::languages(); }

std::vector<std::string> to_texts(std::vector<Because> const& because, std::string_view language) {
  constexpr std::size_t named = 3;
  Wording const& say = Wording::of(language);
  std::vector<std::string> texts;
  std::set<NoticeReason> done;
  for (Because const& first : because) {
    if (!done.insert(first.reason).second) continue;
    std::vector<std::string> things;
    std::size_t more = 0;
    for (Because const& other : because) {
      if (other.reason != first.reason || !other.node) continue;
      std::string const& key = other.node->key;
      if (things.size() == named)
        ++more;
      else
        things.push_back(say(
            "quoted", {{"text", other.name.empty() || other.name == key ? key : key + " " + other.name}}));
    }
    if (more > 0) things.push_back(say("more", {{"n", more}}));
    json arguments{{"things", say.list(things)},
                   {"days", say("days", {{"n", std::to_string(first.delay_days)}})}};
    if (first.cost) arguments["cost"] = say.signed_money(*first.cost);
    texts.push_back(say("because." + std::string(name_of(first.reason)), arguments));
  }
  return texts;
}

Notices notify(Project const& project, Impact const& impact, NoticeOptions const& options) {
  detail::check_made_from(project, impact);
  if (!options.language.empty()) (void)Wording::of(options.language);
  Notices notices;
  notices.change = impact.change().key;
  Audience const audience = audience_of(project, impact, options.high_power, notices.diagnostics);
  ClientView view = client_view(project, impact, options.answer);
  notices.answer_by = view.answer_by;
  notices.choices = view.choices;
  Writer const writer(project, impact, options, std::move(view));

  for (auto const& [key, because] : audience) {
    Stakeholder const& who = project.at<Stakeholder>(key);
    bool const inside = who.side == Side::Team;
    if (options.copy == Copy::Internal && !inside) {
      notices.diagnostics.push_back({Severity::Info,
                                     {},
                                     0,
                                     0,
                                     "stakeholder " + key,
                                     "is not in the team",
                                     "no internal copy is written for them"});
      continue;
    }
    Notice notice;
    notice.to = recipient_of(who, options, notices.diagnostics);
    notice.because = because;
    std::ranges::stable_sort(notice.because, {}, [](Because const& b) { return part_of(b.reason); });
    notice.part = part_of(notice.because.front().reason);
    notice.copy = options.copy.value_or(inside ? Copy::Internal : Copy::Client);
    if (notice.part != Part::Inform) notice.answer_by = notices.answer_by.when;
    writer.write(notice);
    notices.items.push_back(std::move(notice));
  }
  std::ranges::sort(notices.items, [](Notice const& a, Notice const& b) {
    return std::tie(a.part, a.to.name, a.to.key) < std::tie(b.part, b.to.name, b.to.key);
  });
  return notices;
}

Notice const* Notices::find(std::string_view stakeholder) const {
  auto const found =
      std::ranges::find(items, stakeholder, [](Notice const& n) { return std::string_view(n.to.key); });
  return found == items.end() ? nullptr : &*found;
}

Table Notices::table() const {
  std::vector<std::string> to, name, organisation, side, part, because, nodes, channel, address, language,
      copy, subject;
  std::vector<std::optional<Instant>> answer;
  for (Notice const& notice : items) {
    to.push_back(notice.to.key);
    name.push_back(notice.to.name);
    organisation.push_back(notice.to.organisation);
    side.emplace_back(to_name(notice.to.side));
    part.emplace_back(name_of(notice.part));
    std::string codes, keys;
    std::set<std::string_view> seen;
    for (Because const& reason : notice.because) {
      if (seen.insert(name_of(reason.reason)).second)
        codes.append(codes.empty() ? "" : " ").append(name_of(reason.reason));
      if (reason.node)
        keys.append(keys.empty() ? "" : " ")
            .append(to_name(reason.node->kind))
            .append(":")
            .append(reason.node->key);
    }
    because.push_back(codes);
    nodes.push_back(keys);
    channel.push_back(notice.to.channel);
    address.push_back(notice.to.address);
    language.push_back(notice.to.language);
    copy.emplace_back(notice.copy == Copy::Client ? "client" : "internal");
    answer.push_back(notice.answer_by);
    subject.push_back(notice.subject);
  }
  Table table("notices");
  table.add("to", to).add("name", name).add("organisation", organisation).add("side", side);
  table.add("part", part).add("because", because).add("nodes", nodes);
  table.add("channel", channel).add("address", address).add("language", language);
  table.add("copy", copy).add("answer_by", answer).add("subject", subject);
  return table;
}

}  // namespace rapport
