#include "report/client_page_words.h"

#include <algorithm>

#include "notice/client_words.h"
#include "report/gantt.h"
#include "report/impact_words.h"

namespace rapport {
namespace {

using nlohmann::json;

constexpr std::size_t most_milestones = 30;

json client_figures(ClientView const& view, json const& words, Wording const& say) {
  json list = json::array();
  if (!view.milestones.empty() && view.milestones.front().before && view.milestones.front().after) {
    Instant const before = *view.milestones.front().before, after = *view.milestones.front().after;
    list.push_back(figure(say("figure.finish"), marked(say.shift(before, after), view.finish_assumed),
                          tone_of((after - before).seconds),
                          {before == after ? say.date(after) : say.date(before) + " → " + say.date(after)}));
  }
  std::string value = say("unknown");
  if (view.price) {
    std::int64_t const minor = view.price->minor;
    value = minor == 0 ? say("no_change") : (minor > 0 ? "+" : "\u2212") + say.round_money(*view.price);
  }
  std::vector<std::string> notes;
  if (view.price_incomplete) notes.push_back(say("price.incomplete"));
  list.push_back(figure(say("price.title"), marked(std::move(value), view.price_assumed),
                        tone_of(view.price ? view.price->minor : 0), notes));
  if (view.confirmations_known)
    list.push_back(
        figure(say("figure.confirm"), marked(words["confirm_count"], view.to_confirm_assumed), "same", {}));
  if (view.tests_known)
    list.push_back(figure(say("figure.tests"), marked(words["test_count"], view.tests_assumed), "same", {}));
  return list;
}

}  // namespace

json client_page_words(ClientView const& view, Wording const& say) {
  json words = client_words(view, say);
  words["figures"] = client_figures(view, words, say);

  std::size_t const shown = std::min(view.milestones.size(), most_milestones);
  std::vector<GanttBar> bars;
  for (std::size_t i = 0; i < shown; ++i) {
    ClientMilestone const& milestone = view.milestones[i];
    bars.push_back({{}, milestone.before, {}, milestone.after, true, false});
  }
  json drawn = gantt(bars, view.data_date, say);
  words["chart"] = json::array();
  for (std::size_t i = 0; i < shown; ++i) {
    json row = words["milestones"][i];
    row.update(shift_words(view.milestones[i].before, view.milestones[i].after, say));
    if (row.contains("shift")) row["shift"] = marked(row["shift"], view.milestones[i].assumed);
    row["svg"] = drawn["rows"][i];
    words["chart"].push_back(std::move(row));
  }
  words["axis"] = drawn["axis"];
  words["shows_data_date"] = drawn["data_date"];
  if (view.milestones.size() > shown)
    words["more"] = say("milestone.more", {{"n", view.milestones.size() - shown}});
  words["any_due"] =
      std::ranges::any_of(view.milestones, [](ClientMilestone const& m) { return m.due.has_value(); });
  words["any_confirm"] = !view.to_confirm.empty();
  words["any_risks"] = !view.risks.empty();
  return words;
}

}  // namespace rapport
