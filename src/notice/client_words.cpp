#include "notice/client_words.h"

#include <array>

#include "rapport/model/names.h"

namespace rapport {
namespace {

using nlohmann::json;

json milestone_words(ClientMilestone const& from, Wording const& say) {
  json to{{"name", milestone_name(from.kind, from.name, say)},
          {"contract", from.kind == MilestoneKind::Contract}};
  if (from.before) to["before"] = say.date(*from.before);
  if (from.after) to["after"] = say.date(*from.after);
  if (from.due) to["due"] = say.date(*from.due);
  if (from.before && from.after) {
    to["shift"] = say.shift(*from.before, *from.after) + (from.assumed ? "\u00a0*" : "");
    to["later"] = *from.after > *from.before;
    to["earlier"] = *from.after < *from.before;
    to["same"] = *from.after == *from.before;
  }
  if (from.due && from.after && *from.after > *from.due) {
    to["late"] = say("milestone.late", {{"span", say.span(*from.due, *from.after)}});
  }
  return to;
}

/// `shift` is how the finish moves when the change is accepted.
std::string effect_of(Choice const& choice, std::string const& shift, Wording const& say) {
  if (!choice.finish_delta && !choice.price) return say("choice.unknown");
  std::string text = choice.finish_delta && choice.finish_delta->seconds != 0
                         ? say("choice.finish", {{"shift", shift}})
                         : say("choice.finish_same");
  if (choice.price) {
    text += say("choice.between");
    text += choice.price->minor == 0 ? say("choice.price_same")
                                     : say("choice.price", {{"amount", say.signed_money(*choice.price)}});
  }
  return text;
}

json choice_words(Choice const& choice, char letter, std::string const& shift, Wording const& say) {
  json arguments{{"milestone", choice.milestone}, {"requirements", say.list(choice.requirements)}};
  if (choice.milestone_date) arguments["date"] = say.date(*choice.milestone_date);
  static constexpr std::array names{"accept", "defer", "reduce", "decline"};
  std::string const name = names.at(static_cast<std::size_t>(choice.kind));
  return {{"letter", std::string(1, letter)},
          {"title", say("choice." + name + ".title")},
          {"text", say("choice." + name + ".text", arguments)},
          {"effect", effect_of(choice, shift, say)}};
}

}  // namespace

std::string milestone_name(MilestoneKind kind, std::string const& name, Wording const& say) {
  return kind == MilestoneKind::Project || name.empty() ? say("milestone.project") : name;
}

std::string headline(std::optional<Instant> finish_before, std::optional<Instant> finish_after,
                     std::optional<Money> amount, Wording const& say) {
  json dates;
  std::string key = "headline.finish_unknown";
  if (finish_before && finish_after) {
    dates = {{"span", say.span(*finish_before, *finish_after)}, {"date", say.date(*finish_after)}};
    key = *finish_after == *finish_before  ? "headline.finish_same"
          : *finish_after > *finish_before ? "headline.finish_later"
                                           : "headline.finish_earlier";
  }
  std::string cost_key = "headline.cost_unknown";
  json cost;
  if (amount) {
    cost = {{"amount", say.round_money(*amount)}};
    cost_key = amount->minor == 0  ? "headline.cost_same"
               : amount->minor > 0 ? "headline.cost_more"
                                   : "headline.cost_less";
  }
  return say("headline.sentence", {{"finish", say(key, dates)}, {"cost", say(cost_key, cost)}});
}

std::string answer_rule_text(AnswerBy const& answer, Wording const& say) {
  static constexpr std::array names{"stated", "before_start", "at_once", "after_sending", "after_stated"};
  json arguments{{"n", answer.working_days}};
  if (answer.first_work) arguments["date"] = say.date(*answer.first_work);
  return say(std::string("answer_rule.") + names.at(static_cast<std::size_t>(answer.rule)), arguments);
}

json client_words(ClientView const& view, Wording const& say) {
  json words{{"project", view.project},
             {"change", view.change},
             {"title", view.title.empty() ? view.change : view.title},
             {"reason", view.reason},
             {"requested_by", view.requested_by}};
  if (view.raised) words["raised"] = say.date(*view.raised);
  if (view.data_date) words["data_date"] = say.date(*view.data_date);

  std::optional<Instant> before, after;
  words["milestones"] = json::array();
  for (ClientMilestone const& milestone : view.milestones) {
    if (milestone.kind == MilestoneKind::Project) {
      before = milestone.before;
      after = milestone.after;
      words["finish"] = milestone_words(milestone, say);
    }
    words["milestones"].push_back(milestone_words(milestone, say));
  }
  words["headline"] = headline(before, after, view.price, say);

  if (view.price) words["price"] = view.price->minor == 0 ? say("no_change") : say.signed_money(*view.price);
  words["price_incomplete"] = view.price_incomplete;

  words["to_confirm"] = json::array();
  for (ClientRequirement const& from : view.to_confirm) {
    json to{{"key", from.key}, {"title", from.title}, {"named", from.named_by_change}};
    if (from.confirmed_version > 0) to["version"] = from.confirmed_version;
    words["to_confirm"].push_back(std::move(to));
  }
  words["confirm_count"] = say("count.requirements", {{"n", view.to_confirm.size()}});

  std::vector<std::string> levels;
  std::int32_t tests = 0;
  for (ClientTests const& from : view.tests_to_repeat) {
    tests += from.count;
    levels.push_back(say("test_level." + std::string(to_name(from.level)), {{"n", from.count}}));
  }
  words["tests"] = say.list(levels);
  words["test_count"] = say("count.tests", {{"n", tests}});
  words["has_tests"] = tests > 0;
  words["no_tests"] = tests == 0 && view.tests_known;

  words["price_assumed"] = view.price_assumed;
  words["to_confirm_assumed"] = view.to_confirm_assumed;
  words["tests_assumed"] = view.tests_assumed;
  words["coverage_assumed"] = view.coverage && view.coverage->assumed;
  words["any_assumed"] = view.finish_assumed || view.price_assumed || view.to_confirm_assumed ||
                         view.tests_assumed || words["coverage_assumed"] ||
                         std::ranges::any_of(view.milestones, &ClientMilestone::assumed);
  if (view.coverage) {
    auto const verified = [&](std::int32_t part, std::int32_t all) {
      double const share = all == 0 ? 0 : static_cast<double>(part) / all;
      return say("quality.client_verified",
                 {{"verified", part}, {"all", all}, {"share", say.percent(share)}});
    };
    words["verified_before"] = verified(view.coverage->verified_before, view.coverage->all_before);
    words["verified_after"] = verified(view.coverage->verified_after, view.coverage->all_after);
  }

  words["risks"] = json::array();
  for (ClientRisk const& from : view.risks)
    words["risks"].push_back({{"title", from.title},
                              {"cause", from.cause},
                              {"event", from.event},
                              {"effect", from.effect},
                              {"response", from.response},
                              {"opportunity", from.sign == RiskEffect::Opportunity}});

  std::string const shift = before && after ? say.shift(*before, *after) : std::string();
  words["choices"] = json::array();
  for (char letter = 'A'; Choice const& choice : view.choices)
    words["choices"].push_back(choice_words(choice, letter++, shift, say));

  words["answer_by"] = say.date(view.answer_by.when);
  words["answer_rule"] = answer_rule_text(view.answer_by, say);
  return words;
}

}  // namespace rapport
