#include <algorithm>
#include <cmath>

#include "base/number_text.h"
#include "notice/wording.h"
#include "rapport/report/comparison_page.h"
#include "report/fill.h"
#include "report/impact_words.h"

namespace rapport {
namespace {

using nlohmann::json;

/// A bar from the middle: later to the right, earlier to the left; in percent of the width.
std::string bar(double seconds, double widest) {
  std::string const svg =
      "<svg class=\"row\" width=\"100%\" height=\"30\" aria-hidden=\"true\"><line class=\"grid\" x1=\"50%\" "
      "x2=\"50%\" y1=\"0\" y2=\"100%\"/>";
  if (widest <= 0 || seconds == 0) return svg + "</svg>";
  double const width = std::max(50 * std::abs(seconds) / widest, 0.4);
  return svg + "<rect class=\"" + (seconds > 0 ? "after critical" : "after") + "\" x=\"" +
         fixed_text(seconds > 0 ? 50.0 : 50 - width, 2) + "%\" y=\"9\" width=\"" + fixed_text(width, 2) +
         "%\" height=\"12\"/></svg>";
}

std::string in_days(double seconds, Wording const& say) {
  double const days = seconds / static_cast<double>(seconds_per_day);
  std::string const number = say.fixed(std::abs(days), 2);
  bool const none = number == say.fixed(0, 2);
  return (none ? "" : days > 0 ? "+" : "\u2212") + say("days", {{"n", number}});
}

json parts_of(DeltaExplanation const& explanation, Wording const& say) {
  double widest = 0;
  for (DeltaPart const& part : explanation.parts)
    widest = std::max(widest, std::abs(static_cast<double>(part.finish.seconds)));
  json rows = json::array();
  for (DeltaPart const& part : explanation.parts) {
    auto const seconds = static_cast<double>(part.finish.seconds);
    json row{{"name", say.or_verbatim("compare.part." + part.name, part.name)},
             {"shift", in_days(seconds, say)},
             {"tone", tone_of(part.finish.seconds)},
             {"svg", bar(seconds, widest)},
             {"count", say("compare.edit_count", {{"n", part.edits.size()}})},
             {"edits", json::array()}};
    if (!explanation.exact)
      row["error"] = say.number(part.finish_error / static_cast<double>(seconds_per_day), 2);
    if (part.cost) row["cost"] = part.cost->minor == 0 ? say.money(*part.cost) : say.signed_money(*part.cost);
    constexpr std::size_t most = 30;
    for (std::size_t i = 0; i < part.edits.size() && i < most; ++i) row["edits"].push_back(part.edits[i]);
    if (part.edits.size() > most) row["edits_more"] = say("compare.more", {{"n", part.edits.size() - most}});
    // An edit that is a part of its own says it all in its name.
    row["has_edits"] = part.edits.size() > 1 || (part.edits.size() == 1 && part.edits.front() != part.name);
    rows.push_back(std::move(row));
  }
  return rows;
}

/// The largest moves first; `more` is how many are left out.
json moved_rows(Comparison const& comparison, std::size_t most, std::size_t& more, Wording const& say) {
  std::vector<ActivityDelta const*> moved;
  for (ActivityDelta const& delta : comparison.moved) moved.push_back(&delta);
  std::ranges::stable_sort(moved, {}, [](ActivityDelta const* delta) {
    return std::pair(delta->before.has_value() && delta->after.has_value(),
                     -std::abs(delta->early_finish.seconds));
  });
  more = moved.size() > most ? moved.size() - most : 0;
  moved.resize(moved.size() - more);
  json rows = json::array();
  for (ActivityDelta const* delta : moved) {
    json row = shift_words(delta->before ? std::optional(delta->before->early_finish) : std::nullopt,
                           delta->after ? std::optional(delta->after->early_finish) : std::nullopt, say);
    row["key"] = delta->key;
    row["name"] = delta->name == delta->key ? std::string() : delta->name;
    row["newly_critical"] = delta->newly_critical;
    rows.push_back(std::move(row));
  }
  return rows;
}

json difference_rows(Comparison const& comparison, std::size_t most, std::size_t& more, Wording const& say) {
  json rows = json::array();
  std::size_t all = 0;
  for (FactDifference const& difference : comparison.differences) {
    std::string const kind(to_name(difference.node.kind));
    json const head{{"how", say("compare.difference." + std::string(to_name(difference.difference)))},
                    {"kind", say.or_verbatim("kind." + kind, kind)},
                    {"key", difference.node.key},
                    {"field", ""},
                    {"before", ""},
                    {"after", ""},
                    {"name", difference.name == difference.node.key ? std::string() : difference.name}};
    std::size_t const fields = std::max<std::size_t>(difference.fields.size(), 1);
    for (std::size_t i = 0; i < fields; ++i) {
      if (all++ >= most) continue;
      json row = head;
      if (i < difference.fields.size()) {
        row["field"] = difference.fields[i].field;
        row["before"] = difference.fields[i].before;
        row["after"] = difference.fields[i].after;
      }
      rows.push_back(std::move(row));
    }
  }
  more = all > most ? all - most : 0;
  return rows;
}

json comparison_words(Comparison const& comparison, ComparisonPageOptions const& options,
                      Wording const& say) {
  auto const& explanation = comparison.explanation;
  json words{{"before", options.before},   {"after", options.after},   {"parts", parts_of(explanation, say)},
             {"exact", explanation.exact}, {"figures", json::array()}, {"notes", json::array()}};
  json dates{{"span", say.span(explanation.before, explanation.after)},
             {"date", say.date(explanation.after)}};
  words["headline"] = say(explanation.finish.seconds == 0  ? "compare.same"
                          : explanation.finish.seconds > 0 ? "compare.later"
                                                           : "compare.earlier",
                          dates);
  auto& figures = words["figures"];
  figures.push_back(figure(say("figure.finish"), say.shift(explanation.before, explanation.after),
                           tone_of(explanation.finish.seconds),
                           {say.date(explanation.before) + " → " + say.date(explanation.after)}));
  if (explanation.cost) {
    auto const minor = explanation.cost->minor;
    figures.push_back(figure(
        say("figure.cost"),
        minor == 0 ? say("no_change") : (minor > 0 ? "+" : "\u2212") + say.round_money(*explanation.cost),
        tone_of(minor), {say.money(*explanation.cost_before) + " → " + say.money(*explanation.cost_after)}));
  }
  figures.push_back(
      figure(say("compare.moved"), say("count.activities", {{"n", comparison.moved.size()}}), "same", {}));
  figures.push_back(figure(say("compare.differ"),
                           say("compare.fact_count", {{"n", comparison.differences.size()}}), "same", {}));

  std::size_t more = 0;
  words["moved"] = moved_rows(comparison, options.rows, more, say);
  if (more > 0) words["moved_more"] = say("compare.more", {{"n", more}});
  words["differences"] = difference_rows(comparison, options.rows, more, say);
  if (more > 0) words["differences_more"] = say("compare.more", {{"n", more}});
  for (Diagnostic const& note : explanation.notes)
    words["notes"].push_back({{"subject", note.subject}, {"message", note.message}, {"action", note.action}});
  words["any_cost"] = explanation.cost.has_value();
  for (char const* list : {"parts", "moved", "differences", "notes"})
    words[std::string("any_") + list] = !words[list].empty();
  return words;
}

}  // namespace

std::string to_html(Comparison const& comparison, ComparisonPageOptions const& options) {
  Wording const& say = Wording::of(options.language);
  return fill("comparison.html", comparison_words(comparison, options, say), say, Escape::Html);
}

std::string to_markdown(Comparison const& comparison, ComparisonPageOptions const& options) {
  Wording const& say = Wording::of(options.language);
  return fill("comparison.md", comparison_words(comparison, options, say), say, Escape::Markdown);
}

}  // namespace rapport
